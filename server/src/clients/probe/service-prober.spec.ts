import {
  FAKE_MCP_SERVER_FILE,
  descendantsOf,
  freePort,
  startFakeMcpServer,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { aManager, aService, aStdioService } from '../clients.fixture.js';
import { ServiceProber } from './service-prober.js';

describe('the test of a service', () => {
  const world = aManager();
  const prober = new ServiceProber(world.factory);
  const fakes: RunningFakeMcp[] = [];
  const fake = async (options: Parameters<typeof startFakeMcpServer>[0] = {}) => {
    const started = await startFakeMcpServer(options);
    fakes.push(started);
    return aService({ type: options.transport === 'websocket' ? 'websocket' : 'http', url: started.url });
  };
  const states = (report: Awaited<ReturnType<ServiceProber['probe']>>) =>
    report.steps.map(({ step, status }) => `${step} ${status}`);

  afterAll(async () => {
    await world.end();
    await Promise.all(fakes.map((each) => each.close()));
    expect(await descendantsOf(process.pid)).toEqual([]);
  });

  it.each(['http', 'sse', 'websocket', 'stdio'] as const)('takes every step over %s', async (transport) => {
    const service = transport === 'stdio' ? aStdioService('s') : await fake({ transport });
    const report = await prober.probe(service, 'en');
    expect(states(report)).toEqual([
      'resolve ok',
      'connect ok',
      'negotiate ok',
      'tools ok',
      'resources ok',
      'prompts ok',
    ]);
    expect(report).toMatchObject({
      ok: true,
      serverInfo: { name: 'fake' },
      counts: { resources: 2, resourceTemplates: 1, prompts: 2 },
    });
    expect(report.counts.tools).toBeGreaterThan(10);
    expect(report.messages.length).toBeGreaterThan(3);
    expect(report.transport).toBe(transport === 'http' ? 'streamable-http' : transport);
  });

  it('names the step that failed, in the language of the reader, and skips the rest', async () => {
    const report = await prober.probe(aService({ url: `http://127.0.0.1:${await freePort()}/mcp` }), 'zh');
    expect(states(report)).toEqual([
      'resolve ok',
      'connect failed',
      'negotiate skipped',
      'tools skipped',
      'resources skipped',
      'prompts skipped',
    ]);
    expect(report.steps[1]?.error?.message).toContain('无法连接服务 Spec');
    expect(report.ok).toBe(false);
  });

  it.each([
    ['a web page', { fault: 'html' }, 'negotiate', 'upstream_not_mcp'],
    ['a demand for credentials', { fault: 'unauthorised' }, 'negotiate', 'upstream_unauthorised'],
  ] as const)('finds %s', async (_what, options, step, code) => {
    const report = await prober.probe(await fake(options), 'en');
    expect(report.steps.find((each) => each.status === 'failed')).toMatchObject({ step, error: { code } });
  });

  it('finds that a host name does not exist', async () => {
    const report = await prober.probe(aService({ url: 'http://nothing.invalid/mcp' }), 'en');
    expect(report.steps[0]).toMatchObject({
      step: 'resolve',
      status: 'failed',
      error: { code: 'upstream_unreachable' },
    });
  });

  it('finds that a command does not exist', async () => {
    const report = await prober.probe(
      aService({ type: 'stdio', config: { connect: 'on-demand', command: 'no-such-command' } }),
      'en',
    );
    expect(report.steps[0]).toMatchObject({
      step: 'resolve',
      status: 'failed',
      error: { code: 'upstream_command_failed' },
    });
  });

  it('shows what a command said before it died', async () => {
    const report = await prober.probe(aStdioService('dead', '--fault', 'dies-at-once'), 'en');
    expect(report.steps[1]).toMatchObject({
      step: 'connect',
      status: 'failed',
      error: { code: 'upstream_command_failed' },
    });
    expect(report.stderr).toContain('no licence found');
  });

  it('ends early when its reader goes away, and leaves no process', async () => {
    const report = await prober.probe(
      aStdioService('silent', '--fault', 'never-answers'),
      'en',
      AbortSignal.timeout(400),
    );
    expect(report.ok).toBe(false);
    expect((await descendantsOf(process.pid)).filter((row) => row.command.includes(FAKE_MCP_SERVER_FILE))).toEqual([]);
  });
});
