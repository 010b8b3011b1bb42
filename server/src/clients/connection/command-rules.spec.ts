import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddressPolicy, Egress, type PackagePolicy } from '../../platform/index.js';
import type { ConnectionConfig } from '../../services/index.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { Sandbox } from '../transports/sandbox.js';
import { openConnection } from './open-connection.js';
import { TransportFactory, type Target } from './transport-factory.js';

describe('which commands are started', () => {
  let folder: string;

  /** A program that leaves a mark when it runs, and ends. */
  const program = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho ran > '${folder}/mark'\n`);
    await chmod(path, 0o755);
    return path;
  };

  /** The code of what goes wrong, and whether anything ran. */
  const start = async (packages: PackagePolicy, config: Omit<ConnectionConfig, 'connect'>): Promise<string[]> => {
    const target: Target = {
      name: 'Spec',
      type: 'stdio',
      url: null,
      config: { connect: 'on-demand', cwd: folder, ...config },
      credentials: [],
    };
    const factory = new TransportFactory(new Egress(new AddressPolicy([])), new Sandbox(), {
      run: 'unsandboxed',
      packages,
    });
    const options = { signal: new AbortController().signal, timeoutMs: 5_000 };
    const outcome = await openConnection(factory, target, options).then(
      (connection) => connection.close().then(() => 'connected'),
      (error: unknown) => mapUpstreamError(error, { service: 'Spec', phase: 'connect', timeoutMs: 5_000 }).code,
    );
    return [outcome, await readFile(join(folder, 'mark'), 'utf8').catch(() => 'nothing ran')];
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-commands-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('none that fetches its program, and the same where that is allowed', async () => {
    const npx = await program('npx');
    expect(await start('installed', { command: npx })).toEqual(['command_fetches_packages', 'nothing ran']);
    expect(await start('pinned', { command: npx })).toEqual(['command_fetches_packages', 'nothing ran']);
    expect(await start('fetch', { command: npx })).toEqual([expect.stringMatching(/^upstream_/), 'ran\n']);
  });

  it('none that fetches its program behind a link, nor found on the service’s own path', async () => {
    await symlink(await program('npx-cli.js'), join(folder, 'server'));
    expect(await start('installed', { command: join(folder, 'server') })).toEqual([
      'command_fetches_packages',
      'nothing ran',
    ]);
    const found = { command: 'server', env: { PATH: folder } };
    expect(await start('installed', found)).toEqual(['command_fetches_packages', 'nothing ran']);
    const given = { command: process.execPath, args: ['server'] };
    expect(await start('installed', given)).toEqual(['command_fetches_packages', 'nothing ran']);
  });
});
