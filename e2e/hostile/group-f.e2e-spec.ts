import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { FAKE_MCP_SERVER_FILE, FAULTY_STDIO_SERVER_FILE, descendantsOf, waitFor } from '@gatehouse/testing';
import { openDoor, type DoorCall, type DoorName } from '../support/doors.js';
import { Invariants } from '../support/invariants.js';
import { refusal, register, startProduct, type Product, type ServiceView } from '../support/product.js';
import { CaseCount, isFull } from './cases.js';

const DOORS: readonly DoorName[] = isFull ? ['rest', 'modern', 'legacy'] : ['rest', 'modern'];

/** F5 to F8: what a command does wrong, and what its caller gets: a text, or the code of an error. */
const FAULTS: Record<string, readonly string[]> = {
  'answers-twice': ['first'],
  'answers-before-asked': ['fine'],
  'notification-flood': ['fine'],
  garbage: ['fine'],
  'hundred-mb-line': ['output_too_large'],
  'wrong-id': ['upstream_timeout'],
  silent: ['upstream_timeout'],
  'half-an-answer-then-exit': ['upstream_lost'],
};

/** The same command twice: where an answer will come it may take its time, where none will nobody waits for long. */
const PATIENCE_MS = { faulty: 60_000, hasty: 1_500 };

/** F2: arguments that a shell would obey. */
const ARGUMENTS = [
  '; touch /tmp/owned',
  '| cat /etc/passwd',
  '$(id)',
  '`id`',
  '&& reboot',
  '> /tmp/owned',
  'two\nlines',
  '--inspect',
  '*',
  "it's",
  '"quoted"',
  '\\',
  '',
  '\u{1f4a9}',
];

/** F1, F9: commands that are none, or end at once. */
const NO_COMMANDS: Record<string, { command: string; args?: string[] }> = {
  'that does not exist': { command: 'no-such-command-here' },
  'that is a folder': { command: '/tmp' },
  'that is no program': { command: FAKE_MCP_SERVER_FILE },
  'that is a line for a shell': { command: 'node -e 1; id' },
  'that ends well at once': { command: process.execPath, args: ['-e', ''] },
  'that ends badly at once': { command: process.execPath, args: ['-e', 'process.exit(9)'] },
  'that is killed at once': { command: process.execPath, args: ['-e', 'process.kill(process.pid, "SIGKILL")'] },
  'that dies at once': {
    command: process.execPath,
    args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio', '--fault', 'dies-at-once'],
  },
};

/** Group F of the security bar: what a local command may do to whoever starts it. */
describe('hostile local commands', () => {
  const counted = new CaseCount('F');
  let product: Product;
  let invariants: Invariants;
  let doors: Record<string, DoorCall>;

  beforeAll(async () => {
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '0', LOG_LEVEL: 'fatal' } });
    for (const [slug, timeoutMs] of Object.entries(PATIENCE_MS)) {
      const config = { command: process.execPath, args: [FAULTY_STDIO_SERVER_FILE], timeoutMs };
      await register(product.owner, { name: slug, slug, type: 'stdio', config });
      await product.owner.call('POST', `/api/mcp/services/${slug}/reconnect`);
    }
    const { secret } = await product.owner.withApiKey({ name: 'laptop' });
    doors = {};
    for (const door of DOORS) doors[door] = await openDoor(door, product.gatehouse.url, secret);
    invariants = await Invariants.watch(product);
  });

  afterAll(() => product.gatehouse.stop());

  const verdict = async (door: DoorName, tool: string): Promise<string> => {
    const isSilent = FAULTS[tool]?.includes('upstream_timeout');
    const { text, raw } = await doors[door](isSilent ? 'hasty' : 'faulty', tool, {});
    return text ?? /upstream_\w+|output_too_large/.exec(raw)?.[0] ?? raw.slice(0, 300);
  };

  it.each(DOORS.flatMap((door) => Object.keys(FAULTS).map((fault) => [fault, door] as const)))(
    'F5 to F8: %s, by %s, is one call’s harm and nobody else’s',
    async (fault, door) => {
      counted.add('F5 to F8', 1, 1);
      expect(FAULTS[fault]).toContain(await verdict(door, fault));
      invariants.check(fault);
      // A command that ended is started again by whoever comes next, after a while.
      await waitFor('the next call to be answered', async () => (await verdict(door, 'garbage')) === 'fine', 20_000);
    },
  );

  it('F2: arguments come to the command as they are, and no shell reads them', async () => {
    counted.add('F2', ARGUMENTS.length, ARGUMENTS.length);
    const { id } = await register(product.owner, {
      name: 'Arguments',
      slug: 'arguments',
      type: 'stdio',
      config: { command: process.execPath, args: [FAULTY_STDIO_SERVER_FILE, ...ARGUMENTS] },
    });
    await product.owner.call('POST', `/api/mcp/services/${id}/reconnect`);
    const seen = await waitFor('its process', async () => {
      const rows = await descendantsOf(product.gatehouse.pid);
      const lines = await Promise.all(rows.map(({ pid }) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
      return lines.map((line) => line.split('\0').slice(0, -1)).find((argv) => argv.includes('; touch /tmp/owned'));
    });
    expect(seen.slice(-ARGUMENTS.length)).toEqual(ARGUMENTS);
    await product.owner.call('DELETE', `/api/mcp/services/${id}`);
    invariants.check('F2');
  });

  it.each(Object.entries(NO_COMMANDS))(
    'F1, F9: a command %s is named as such, and is not tried for ever',
    async (kind, config) => {
      counted.add('F1, F9', 1, 1);
      const { ok, steps } = await product.owner.call<{ ok: boolean; steps: { error?: { code: string } }[] }>(
        'POST',
        '/api/mcp/services/test',
        { draft: { name: 'Draft', type: 'stdio', config } },
      );
      const codes = steps.flatMap(({ error }) => error?.code ?? []);
      expect({ ok, codes }).toMatchObject({
        ok: false,
        codes: [expect.stringMatching(/^upstream_(command_failed|lost)$/)],
      });
      invariants.check(kind);
    },
  );

  it('F1: somebody without the right to start commands starts none, by any way in', async () => {
    const { owner, gatehouse } = product;
    const { secret } = await owner.withApiKey({
      name: 'narrow',
      scopes: ['services:write', 'services:test', 'services:read'],
    });
    const narrow = gatehouse.caller(secret);
    const before = (await descendantsOf(gatehouse.pid)).length;
    const draft = { name: 'Mine', type: 'stdio', config: { command: process.execPath, args: ['-e', ''] } };
    const text = JSON.stringify({ mcpServers: { mine: { command: 'node', args: ['-e', '1'] } } });
    const ways: [string, string, object][] = [
      ['POST', '/api/mcp/services', draft],
      ['POST', '/api/mcp/services/test', { draft }],
      ['POST', '/api/mcp/services/faulty/reconnect', {}],
    ];
    counted.add('F1', ways.length + 1, ways.length + 1);
    for (const [method, path, body] of ways.slice(0, 2))
      expect(await refusal(narrow, method, path, body)).toMatchObject({ status: 403 });
    const imported = await narrow.fetch('POST', '/api/mcp/services/import', { text, entries: [{ key: 'mine' }] });
    expect(imported.status === 201 ? await imported.text() : '"created":[]').toContain('"created":[]');
    expect((await descendantsOf(gatehouse.pid)).length).toBeLessThanOrEqual(before);
    invariants.check('F1');
  });

  it('leaves the product as it was, and no process behind', async () => {
    counted.print(await invariants.end());
  });
});

/** F11: programs that are fetched, and programs that are changed, between what somebody looked at and what runs. */
describe('what local commands run', () => {
  const counted = new CaseCount('F11');
  let home: string;
  let product: Product;

  const mark = (): string => join(home, 'mark');
  const npx = (): object => ({ command: join(home, 'npx'), args: ['-y', 'some-server'] });
  const hasRun = (): Promise<boolean> =>
    readFile(mark()).then(
      () => true,
      () => false,
    );

  /** The product over the same data, under another rule. */
  const restart = async (packages: string): Promise<void> => {
    await product?.gatehouse.stop();
    await rm(mark(), { force: true });
    const env = { GATEHOUSE_STDIO_PACKAGES: packages, LOG_LEVEL: 'fatal' };
    product = await startProduct({ dataDir: join(home, 'data'), env });
  };

  /** Why it is not well, or how well it is. */
  const standingOf = async (slug: string): Promise<string> => {
    const { health } = await product.owner.call<ServiceView>('GET', `/api/mcp/services/${slug}`);
    return health.code ?? health.state;
  };

  /** Asks for a fresh process, and waits for what becomes of it. */
  const startAnew = async (slug: string, standing: string): Promise<void> => {
    await product.owner.fetch('POST', `/api/mcp/services/${slug}/reconnect`);
    await waitFor(`${slug} to be ${standing}`, async () => (await standingOf(slug)) === standing);
  };

  const pin = async (slug: string): Promise<object> => {
    const { version } = await product.owner.call<ServiceView>('GET', `/api/mcp/services/${slug}`);
    return product.owner.call<object>('POST', `/api/mcp/services/${slug}/pin`, { version });
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'gatehouse-f11-'));
    await mkdir(join(home, 'data'));
    await writeFile(join(home, 'npx'), `#!/bin/sh\necho ran > '${mark()}'\n`, { mode: 0o755 });
    await cp(dirname(FAULTY_STDIO_SERVER_FILE), join(home, 'server'), { recursive: true });
    await writeFile(join(home, 'server', 'package.json'), '{"type":"module"}');
    await writeFile(join(home, 'server', 'package-lock.json'), '{}');
    await restart('fetch');
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await rm(home, { recursive: true });
    counted.print('');
  });

  it('F11: a command that fetches its program is neither saved, tried nor started, also when it was saved before', async () => {
    counted.add('fetched', 3, 3);
    await register(product.owner, { name: 'fetched', slug: 'fetched', type: 'stdio', config: npx() });
    await waitFor('the command to run where it may', hasRun);
    await restart('installed');
    const draft = { name: 'new', type: 'stdio', config: npx() };
    const fields = [{ path: 'config.command' }];
    for (const [path, body] of [
      ['/api/mcp/services', draft],
      ['/api/mcp/services/test', { draft }],
    ] as const)
      expect(await refusal(product.owner, 'POST', path, body)).toMatchObject({ code: 'validation_failed', fields });
    await startAnew('fetched', 'command_fetches_packages');
    expect(await hasRun()).toBe(false);
  });

  it('F11: a pinned command is not started once a file of it has changed, and is when it is pinned again', async () => {
    counted.add('pinned', 4, 4);
    const path = '/api/mcp/services/pinned/tools/garbage';
    const args = [join(home, 'server', basename(FAULTY_STDIO_SERVER_FILE))];
    const config = { command: process.execPath, args };
    await register(product.owner, { name: 'pinned', slug: 'pinned', type: 'stdio', config });
    const first = await pin('pinned');
    await startAnew('pinned', 'ready');
    const stale = await refusal(product.owner, 'POST', '/api/mcp/services/pinned/pin', { version: 1 });
    expect(stale).toMatchObject({ status: 412, code: 'stale_version' });

    const evil = `\nimport { writeFileSync } from 'node:fs';\nwriteFileSync('${mark()}', 'ran');\n`;
    await appendFile(join(home, 'server', 'protocol.ts'), evil);
    await startAnew('pinned', 'command_changed');
    const call = await refusal(product.owner, 'POST', path, { arguments: {} });
    expect(call).toMatchObject({ status: 502, code: 'command_changed' });
    expect(await hasRun()).toBe(false);

    expect(await pin('pinned')).not.toEqual(first);
    await startAnew('pinned', 'ready');
    const { result } = await product.owner.call<{ result: object }>('POST', path, { arguments: {} });
    expect([result, await hasRun()]).toMatchObject([{ content: [{ text: 'fine' }] }, true]);

    await product.owner.call('DELETE', '/api/mcp/services/pinned/pin');
    const { config: left } = await product.owner.call<{ config: object }>('GET', '/api/mcp/services/pinned');
    expect(left).not.toHaveProperty('pin');
  });
});
