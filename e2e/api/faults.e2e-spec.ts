import { FAKE_MCP_SERVER_FILE, startFakeMcpServer, waitFor, type FakeFault } from '@gatehouse/testing';
import { freePort } from '@gatehouse/testing';
import { refusal, register, startProduct, type Product, type ServiceView } from '../support/product.js';

interface TestReport {
  ok: boolean;
  steps: {
    step: string;
    status: string;
    durationMs: number;
    detail: string;
    error?: { code: string; message: string; remedy: string };
  }[];
}

/** Services that misbehave: each gives a clear error with its code, nothing hangs, nothing leaks. */
describe('faulty services', () => {
  let product: Product;

  beforeAll(async () => {
    product = await startProduct();
  });

  afterAll(() => product.gatehouse.stop());

  const test = async (draft: object): Promise<TestReport> =>
    product.owner.call<TestReport>('POST', '/api/mcp/services/test', { draft: { name: 'Draft', ...draft } });

  const failure = async (draft: object) => {
    const report = await test(draft);
    expect(report.ok).toBe(false);
    const failed = report.steps.filter((step) => step.status === 'failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.error?.message).toBeTruthy();
    expect(failed[0]?.error?.remedy).toBeTruthy();
    return { step: failed[0]?.step, code: failed[0]?.error?.code };
  };

  const stdio = (fault: FakeFault) => ({
    type: 'stdio',
    config: { command: process.execPath, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio', '--fault', fault] },
  });

  it('a healthy one passes every step, each with its time', async () => {
    const fake = await startFakeMcpServer();
    const report = await test({ type: 'http', url: fake.url });
    await fake.close();
    expect(report.ok).toBe(true);
    expect(report.steps.map((step) => step.step)).toEqual([
      'resolve',
      'connect',
      'negotiate',
      'tools',
      'resources',
      'prompts',
    ]);
    for (const step of report.steps) expect(step.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('a command that does not exist', async () => {
    expect(await failure({ type: 'stdio', config: { command: 'no-such-command-here', args: [] } })).toMatchObject({
      code: 'upstream_command_failed',
    });
  });

  it('a command that dies at once, with what it said', async () => {
    expect(await failure(stdio('dies-at-once'))).toMatchObject({ code: 'upstream_command_failed' });
  });

  it('a port where nothing listens', async () => {
    expect(await failure({ type: 'http', url: `http://127.0.0.1:${await freePort()}/mcp` })).toEqual({
      step: 'connect',
      code: 'upstream_unreachable',
    });
  });

  it('a name that does not resolve', async () => {
    expect(await failure({ type: 'http', url: 'http://no-such-host.invalid/mcp' })).toMatchObject({
      code: 'upstream_unreachable',
    });
  });

  it('a web page', async () => {
    const fake = await startFakeMcpServer({ fault: 'html' });
    expect(await failure({ type: 'http', url: fake.url })).toMatchObject({ code: 'upstream_not_mcp' });
    await fake.close();
  });

  it('one that wants other credentials', async () => {
    const fake = await startFakeMcpServer({ fault: 'unauthorised' });
    expect(await failure({ type: 'http', url: fake.url })).toMatchObject({ code: 'upstream_unauthorised' });
    await fake.close();
  });

  it('a cloud metadata address, whatever is allowed', async () => {
    const answer = await product.owner.fetch('POST', '/api/mcp/services/test', {
      draft: { name: 'M', type: 'http', url: 'http://169.254.169.254/mcp' },
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('cloud metadata address');
  });

  describe('during a call', () => {
    const call = (service: ServiceView, tool: string, args: object, timeoutMs?: number) =>
      refusal(product.owner, 'POST', `/api/mcp/services/${service.id}/tools/${tool}`, { arguments: args, timeoutMs });

    const lastCall = async (service: ServiceView) => {
      const { items } = await product.owner.call<{ items: { status: string; errorCode: string }[] }>(
        'GET',
        `/api/audit/calls?serviceId=${service.id}&limit=1`,
      );
      return items[0];
    };

    it('one that never answers: a time-out that admits the effect is unknown, and the service is told', async () => {
      const fake = await startFakeMcpServer();
      const service = await register(product.owner, { name: 'Silent', type: 'http', url: fake.url });
      expect(await call(service, 'silent', {}, 1_000)).toMatchObject({ status: 504, code: 'upstream_timeout' });
      expect(await lastCall(service)).toMatchObject({ status: 'unknown', errorCode: 'upstream_timeout' });
      await waitFor('the fake to be told', () => fake.state.cancelled.includes('silent'));
      await fake.close();
    });

    it('one that dies in the middle of it', async () => {
      const service = await register(product.owner, {
        name: 'Crashing',
        type: 'stdio',
        config: { command: process.execPath, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'] },
      });
      expect(await call(service, 'crash', {})).toMatchObject({ status: 502, code: 'upstream_lost' });
      expect(await lastCall(service)).toMatchObject({ status: 'unknown' });
    });

    it('noise on standard output harms nothing', async () => {
      const service = await register(product.owner, {
        name: 'Noisy',
        type: 'stdio',
        config: { command: process.execPath, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'] },
      });
      const { result } = await product.owner.call<{ result: unknown }>(
        'POST',
        `/api/mcp/services/${service.id}/tools/garbage`,
        { arguments: {} },
      );
      expect(JSON.stringify(result)).toContain('after the noise');
    });

    it('an answer of 5 MB arrives whole or is refused by name, and the server lives', async () => {
      const fake = await startFakeMcpServer();
      const service = await register(product.owner, { name: 'Large', type: 'http', url: fake.url });
      const response = await product.owner.fetch('POST', `/api/mcp/services/${service.id}/tools/large`, {
        arguments: { bytes: 5_000_000 },
      });
      const text = await response.text();
      expect(response.status === 200 ? text.length > 5_000_000 : text.includes('output_too_large')).toBe(true);
      expect((await fetch(`${product.gatehouse.url}/health/ready`)).status).toBe(200);
      await fake.close();
    });

    it('an error of the service keeps its words', async () => {
      const fake = await startFakeMcpServer();
      const service = await register(product.owner, { name: 'Erring', type: 'http', url: fake.url });
      const answer = await call(service, 'upstream_error', {});
      expect(answer).toMatchObject({ code: 'upstream_error' });
      expect(answer.message).toContain('the fake refuses');
      await fake.close();
    });
  });

  it('a process of a service gets no environment of ours', async () => {
    const service = await register(product.owner, {
      name: 'Environment',
      type: 'stdio',
      config: {
        command: process.execPath,
        args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'],
        env: { GIVEN: 'yes' },
      },
    });
    const { result } = await product.owner.call<{ result: { content: { text: string }[] } }>(
      'POST',
      `/api/mcp/services/${service.id}/tools/env`,
      { arguments: {} },
    );
    const env = JSON.parse(result.content[0]?.text ?? '{}') as Record<string, string>;
    expect(env['GIVEN']).toBe('yes');
    expect(Object.keys(env).filter((name) => name.startsWith('GATEHOUSE') || name === 'DATABASE_URL')).toEqual([]);
  });
});
