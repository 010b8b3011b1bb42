import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AddressPolicy, Egress, type PackagePolicy } from '../../platform/index.js';
import type { CommandPin, ConnectionConfig } from '../../services/index.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { CommandPinner } from '../pin/command-pinner.js';
import { PinReader } from '../pin/pin-reader.js';
import { Sandbox } from '../transports/sandbox.js';
import { openConnection } from './open-connection.js';
import { TransportFactory, type Target } from './transport-factory.js';

/** A program that ended at once, as some transport sees it. */
const RAN: unknown = expect.stringMatching(/^upstream_/);

describe('which commands are started', () => {
  let home: string;
  let folder: string;

  /** A program that leaves a mark when it runs, and ends. */
  const program = async (name: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, `#!/bin/sh\necho ran > '${home}/mark'\n`);
    await chmod(path, 0o755);
    return path;
  };

  type Line = Omit<ConnectionConfig, 'connect'>;

  const targetOf = (config: Line): Target => ({
    name: 'Spec',
    type: 'stdio',
    url: null,
    config: { connect: 'on-demand', cwd: folder, ...config },
    credentials: [],
  });

  const factoryFor = (packages: PackagePolicy, pins?: PinReader): TransportFactory =>
    new TransportFactory(
      new Egress(new AddressPolicy([])),
      new Sandbox(),
      { run: 'unsandboxed', packages },
      process.env,
      undefined,
      pins,
    );

  const pinned = async (config: Line): Promise<Line> => ({
    ...config,
    pin: await factoryFor('fetch').pinOf(targetOf(config)),
  });

  /** The code of what goes wrong, and whether anything ran. */
  const start = async (packages: PackagePolicy, config: Line, pins?: PinReader): Promise<string[]> => {
    const target = targetOf(config);
    const factory = factoryFor(packages, pins);
    const options = { signal: new AbortController().signal, timeoutMs: 5_000 };
    const outcome = await openConnection(factory, target, options).then(
      (connection) => connection.close().then(() => 'connected'),
      (error: unknown) => mapUpstreamError(error, { service: 'Spec', phase: 'connect', timeoutMs: 5_000 }).code,
    );
    return [outcome, await readFile(join(home, 'mark'), 'utf8').catch(() => 'nothing ran')];
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'gatehouse-commands-'));
    folder = join(home, 'server');
    await mkdir(folder);
  });

  afterEach(() => rm(home, { recursive: true }));

  it('none that fetches its program, and the same where that is allowed', async () => {
    const npx = await program('npx');
    expect(await start('installed', { command: npx })).toEqual(['command_fetches_packages', 'nothing ran']);
    expect(await start('pinned', { command: npx })).toEqual(['command_fetches_packages', 'nothing ran']);
    expect(await start('fetch', { command: npx })).toEqual([RAN, 'ran\n']);
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

  it('a pinned one that is as it was, and no more once a file has changed', async () => {
    const command = await program('server');
    await writeFile(join(folder, 'package-lock.json'), '{}');
    const config = await pinned({ command });
    await writeFile(join(folder, 'dependency.js'), 'evil()');
    for (const policy of ['fetch', 'installed', 'pinned'] as const)
      expect(await start(policy, config)).toEqual(['command_changed', 'nothing ran']);
    await rm(join(folder, 'dependency.js'));
    expect(await start('pinned', config)).toEqual([RAN, 'ran\n']);
  });

  it('none that is not pinned, where only pinned ones are', async () => {
    const command = await program('server');
    expect(await start('pinned', { command })).toEqual(['command_not_pinned', 'nothing ran']);
    expect(await start('installed', { command })).toEqual([RAN, 'ran\n']);
  });

  it('no pinned one of which it cannot be told what it runs', async () => {
    const command = await program('server');
    await writeFile(join(folder, 'package-lock.json'), '{}');
    const config = await pinned({ command });
    const narrow = new PinReader({ entries: 1, bytes: 1_000 });
    expect(await start('installed', config, narrow)).toEqual(['command_unpinnable', 'nothing ran']);
  });

  it('none that was given up while its files were read', async () => {
    const config = await pinned({ command: await program('server') });
    class Interrupted extends PinReader {
      override async read(...started: Parameters<PinReader['read']>): Promise<CommandPin> {
        await transport.close();
        return super.read(...started);
      }
    }
    const transport = await factoryFor('installed', new Interrupted()).stdio(targetOf(config));
    const starting = transport.start();
    await expect(starting).rejects.toThrow('closed before it was started');
    expect(transport.pid).toBeNull();
  });

  it('pins none that fetches its program, whatever is allowed', async () => {
    const target = targetOf({ command: await program('npx') });
    const pinner = new CommandPinner(factoryFor('fetch'));
    await expect(pinner.pinOf(target)).rejects.toMatchObject({ code: 'command_fetches_packages' });
    await expect(pinner.pinOf(targetOf({ command: 'none' }))).rejects.toMatchObject({
      code: 'upstream_command_failed',
    });
  });
});
