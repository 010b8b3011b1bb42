import { ERRORS } from '@gatehouse/contracts';
import {
  FAKE_MCP_SERVER_FILE,
  descendantsOf,
  freePort,
  startFakeMcpServer,
  waitFor,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { AddressPolicy, AppError, Egress } from '../../platform/index.js';
import { ANY_COMMAND } from '../clients.fixture.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { Sandbox } from '../transports/sandbox.js';
import type { Connection } from './connection.js';
import { openConnection, type OpenOptions } from './open-connection.js';
import { TransportFactory, type Target } from './transport-factory.js';

const EVERYTHING = 'node_modules/@modelcontextprotocol/server-everything/dist/index.js';

const httpTarget = (url: string, more: Partial<Target> = {}): Target => ({
  name: 'Spec',
  type: url.startsWith('ws') ? 'websocket' : 'http',
  url,
  config: { connect: 'on-demand' },
  credentials: [],
  ...more,
});

const stdioTarget = (command: string, args: string[], env: Record<string, string> = {}): Target => ({
  name: 'Spec',
  type: 'stdio',
  url: null,
  config: { connect: 'on-demand', command, args, cwd: process.cwd(), env },
  credentials: [],
});

const fakeProcess = (...args: string[]): Target => stdioTarget(process.execPath, [FAKE_MCP_SERVER_FILE, ...args]);

describe('opening a connection', () => {
  const egress = new Egress(new AddressPolicy(['loopback']));
  const sandbox = new Sandbox();
  const factory = new TransportFactory(egress, sandbox, ANY_COMMAND);
  const fakes: RunningFakeMcp[] = [];
  const connections: Connection[] = [];

  const fake = async (options: Parameters<typeof startFakeMcpServer>[0]) => {
    const started = await startFakeMcpServer(options);
    fakes.push(started);
    return started;
  };
  const open = async (target: Target, options: Partial<OpenOptions> = {}) => {
    const connection = await openConnection(factory, target, {
      signal: new AbortController().signal,
      timeoutMs: 10_000,
      ...options,
    });
    connections.push(connection);
    return connection;
  };
  /** The error that a caller would see. */
  const failure = async (target: Target, options: Partial<OpenOptions> = {}) => {
    const error: unknown = await open(target, options).catch((reason: unknown) => reason);
    return mapUpstreamError(error, { service: target.name, phase: 'connect', timeoutMs: 10_000 });
  };
  const echo = (connection: Connection) =>
    connection.request('tools/call', { name: 'echo', arguments: { text: 'hi' } }, { timeoutMs: 5_000 });

  afterEach(async () => {
    await Promise.all(connections.splice(0).map((each) => each.close()));
    await Promise.all(fakes.splice(0).map((each) => each.close()));
  });
  afterAll(() => egress.onApplicationShutdown());

  it.each([
    ['http', 'both', 'modern', 'streamable-http'],
    ['http', 'modern', 'modern', 'streamable-http'],
    ['http', 'legacy', 'legacy', 'streamable-http'],
    ['sse', 'legacy', 'legacy', 'sse'],
    ['websocket', 'both', 'modern', 'websocket'],
    ['websocket', 'modern', 'modern', 'websocket'],
    ['websocket', 'legacy', 'legacy', 'websocket'],
  ] as const)('over %s to a service that speaks %s gets a %s connection', async (transport, era, expected, kind) => {
    const service = await fake({ transport, era });
    const connection = await open(httpTarget(service.url));
    expect([connection.era, connection.kind]).toEqual([expected, kind]);
    expect(connection.serverInfo?.name).toBe('fake');
    expect(await echo(connection)).toMatchObject({ content: [{ type: 'text', text: 'hi' }] });
  });

  it.each(['both', 'modern', 'legacy'] as const)('over stdio to a service that speaks %s', async (era) => {
    const connection = await open(fakeProcess('--era', era));
    expect(connection.era).toBe(era === 'legacy' ? 'legacy' : 'modern');
    expect(await echo(connection)).toMatchObject({ content: [{ type: 'text', text: 'hi' }] });
  });

  it('starts a child that exits on the modern probe again, as legacy', async () => {
    const connection = await open(fakeProcess('--era', 'legacy', '--fault', 'dies-on-probe'));
    expect(connection.era).toBe('legacy');
  });

  it.each(['stdio', 'streamableHttp', 'sse'])('speaks to the everything server over %s', async (transport) => {
    if (transport === 'stdio') {
      expect((await open(stdioTarget(process.execPath, [EVERYTHING, 'stdio']))).era).toBe('legacy');
      return;
    }
    const port = await freePort();
    const { spawn } = await import('node:child_process');
    const server = spawn(process.execPath, [EVERYTHING, transport], {
      env: { ...process.env, PORT: String(port) },
      stdio: 'ignore',
    });
    try {
      await waitFor('the server to listen', async () => (await fetch(`http://127.0.0.1:${port}/`)).status > 0, 20_000);
      const path = transport === 'sse' ? 'sse' : 'mcp';
      const connection = await open(httpTarget(`http://127.0.0.1:${port}/${path}`));
      expect(connection.kind).toBe(transport === 'sse' ? 'sse' : 'streamable-http');
      const result = await connection.request(
        'tools/call',
        { name: 'echo', arguments: { message: 'hi' } },
        { timeoutMs: 5_000 },
      );
      expect(JSON.stringify(result)).toContain('hi');
    } finally {
      server.kill('SIGKILL');
    }
  });

  it('adopts a stored modern verdict without a request, and finds the era out anew when a stored one is refused', async () => {
    const service = await fake({ era: 'both' });
    const { discovered } = await open(httpTarget(service.url));
    const frames: object[] = [];
    const verdict = { era: 'modern', transport: 'streamable-http', discover: { ...discovered } } as const;
    const again = await open(httpTarget(service.url), { verdict, onFrame: (frame) => frames.push(frame.message) });
    expect(frames).toEqual([]);
    expect(await echo(again)).toMatchObject({ content: [{ type: 'text' }] });

    const modern = await fake({ era: 'modern' });
    const stale = { era: 'legacy', transport: 'streamable-http' } as const;
    expect((await open(httpTarget(modern.url), { verdict: stale })).era).toBe('modern');
  });

  it('sends configured headers and credentials, over HTTP and at the upgrade', async () => {
    const credentials = [{ target: 'header', name: 'Authorization', value: 'Bearer s3cret' }] as const;
    for (const transport of ['http', 'websocket', 'sse'] as const) {
      const service = await fake({ transport, token: 's3cret' });
      const target = httpTarget(service.url, {
        credentials,
        config: { connect: 'on-demand', headers: { 'X-Team': 'red' } },
      });
      const result = await (
        await open(target)
      ).request('tools/call', { name: 'whoami', arguments: {} }, { timeoutMs: 5_000 });
      expect(JSON.stringify(result)).toContain('x-team');
    }
  });

  it.each([
    ['a web page', 'html', 'upstream_not_mcp'],
    ['a request for credentials', 'unauthorised', 'upstream_unauthorised'],
  ] as const)('tells that the address answers with %s', async (_what, fault, code) => {
    const service = await fake({ fault });
    expect((await failure(httpTarget(service.url))).code).toBe(code);
  });

  it('tells that a WebSocket service wants credentials', async () => {
    const service = await fake({ transport: 'websocket', fault: 'unauthorised' });
    expect((await failure(httpTarget(service.url))).code).toBe('upstream_unauthorised');
  });

  it('tells that nobody listens, and that a name does not exist', async () => {
    const port = await freePort();
    const refused = await failure(httpTarget(`http://127.0.0.1:${port}/mcp`));
    expect([refused.code, refused.details.cause]).toEqual(['upstream_unreachable', `ECONNREFUSED 127.0.0.1:${port}`]);
    expect((await failure(httpTarget(`ws://127.0.0.1:${port}/mcp`))).details.cause).toBe(
      `ECONNREFUSED 127.0.0.1:${port}`,
    );
    const unknown = await failure(httpTarget('http://nothing.invalid/mcp'));
    expect([unknown.code, String(unknown.details.cause)]).toEqual([
      'upstream_unreachable',
      expect.stringMatching(/^E\w+ nothing\.invalid$/),
    ]);
  });

  it.each(['http', 'websocket'] as const)(
    'gives up on a silent service at the deadline, over %s',
    async (transport) => {
      const service = await fake({ transport, fault: 'never-answers' });
      const { code } = await failure(httpTarget(service.url), { timeoutMs: 300 });
      expect(ERRORS[code].family).toBe('upstream');
      expect(code).toBe('upstream_unreachable');
    },
  );

  it('gives up on a silent process at the deadline and leaves none behind', async () => {
    expect((await failure(fakeProcess('--fault', 'never-answers'), { timeoutMs: 600 })).code).toBe(
      'upstream_unreachable',
    );
    expect(await descendantsOf(process.pid)).toEqual([]);
  });

  it('tells that a command does not exist, and what one said that died at once', async () => {
    const missing = await failure(stdioTarget('no-such-command-here', []));
    expect([missing.code, missing.details.cause]).toEqual([
      'upstream_command_failed',
      'command not found: no-such-command-here',
    ]);
    const dead = await failure(fakeProcess('--fault', 'dies-at-once'));
    expect([dead.code, dead.details.cause]).toEqual([
      'upstream_command_failed',
      'exit code 3: fatal: no licence found',
    ]);
  });

  it('refuses an address that the operator did not allow, also for WebSocket', async () => {
    const service = await fake({});
    const strict = new TransportFactory(new Egress(new AddressPolicy([])), sandbox, ANY_COMMAND);
    for (const url of [
      service.url,
      service.url.replace('http', 'ws'),
      service.url.replace('http://127.0.0.1', 'ws://localhost'),
    ]) {
      const opening = openConnection(strict, httpTarget(url), {
        signal: new AbortController().signal,
        timeoutMs: 5_000,
      });
      const error = mapUpstreamError(await opening.catch((reason: unknown) => reason), {
        service: 'x',
        phase: 'connect',
        timeoutMs: 5_000,
      });
      expect(error.code).toBe('egress_refused');
    }
  });

  it('tells that the folder of a command does not exist', async () => {
    const target = fakeProcess();
    const { code, details } = await failure({ ...target, config: { ...target.config, cwd: '/no/such/folder' } });
    expect([code, details.cause]).toEqual(['upstream_command_failed', 'folder not found: /no/such/folder']);
  });

  it('runs no process without a sandbox that works, when the operator wants one', async () => {
    class BrokenSandbox extends Sandbox {
      override isUsable(): Promise<boolean> {
        return Promise.resolve(false);
      }
    }
    const strict = new TransportFactory(egress, new BrokenSandbox(), { run: 'sandbox', packages: 'fetch' });
    const options = { signal: new AbortController().signal, timeoutMs: 5_000 };
    await expect(openConnection(strict, fakeProcess(), options)).rejects.toEqual(new AppError('stdio_not_allowed'));
    const relaxed = new TransportFactory(egress, new BrokenSandbox(), ANY_COMMAND);
    const connection = await openConnection(relaxed, fakeProcess(), options);
    connections.push(connection);
    expect(await echo(connection)).toMatchObject({ content: [{ text: 'hi' }] });
  });

  it('runs no process at all when stdio is switched off', async () => {
    const off = new TransportFactory(egress, sandbox, { run: 'off', packages: 'fetch' });
    const opening = openConnection(off, fakeProcess(), { signal: new AbortController().signal, timeoutMs: 5_000 });
    await expect(opening).rejects.toEqual(new AppError('stdio_not_allowed'));
  });
});
