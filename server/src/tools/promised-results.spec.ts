import { startScriptedService, waitFor, type ApiCaller, type ScriptedService } from '@gatehouse/testing';
import { RunningProduct } from '../spec/running-product.js';

interface Record {
  door: string;
  status: string;
  errorCode: string | null;
  cached: boolean;
}

const ANYTHING = { type: 'object' };
const OUTPUT = { type: 'object', properties: { celsius: { type: 'number' } }, required: ['celsius'] };

/** What a tool answers is what it was asked to answer. */
describe('a result beside the output schema of its tool', () => {
  let product: RunningProduct;
  let service: ScriptedService;
  let caller: ApiCaller;

  beforeAll(async () => {
    product = await RunningProduct.start();
    service = await startScriptedService({
      tools: [
        { name: 'promises', inputSchema: ANYTHING, outputSchema: OUTPUT },
        { name: 'kept', inputSchema: ANYTHING, outputSchema: OUTPUT },
        { name: 'nonsense', inputSchema: ANYTHING, outputSchema: { type: 'object', required: 'city' } },
        { name: 'silent', inputSchema: ANYTHING },
        // The other half is nowhere: such a schema has no canonical form, and must not cost anybody else their tools.
        { name: 'half', inputSchema: { type: 'object', description: '\ud800' } },
      ],
      call: (_tool, args) => ({ content: [{ type: 'text', text: 'said' }], ...args }),
    });
    const person = await product.addPerson('ann');
    await product.grant(person, await product.addService('weather', service.url));
    caller = product.callerOf(person);
  });

  afterAll(async () => {
    await product.stop();
    await service.close();
  });

  const call = async (tool: string, args: object, headers: { [name: string]: string } = {}) => {
    const path = `/api/mcp/services/weather/tools/${tool}`;
    const response = await caller.fetch('POST', path, { arguments: args }, headers);
    return { status: response.status, body: await response.json() };
  };
  const records = async (tool: string): Promise<Record[]> =>
    (await product.owner.call<{ items: Record[] }>('GET', `/api/audit/calls?tool=${tool}`)).items;

  const right = { structuredContent: { celsius: 21 } };
  const wrong = { structuredContent: { celsius: 'warm' } };

  it('is an error to the caller and on record, and nothing of it is passed on', async () => {
    expect(await call('promises', right)).toMatchObject({ status: 200, body: { result: right } });
    const { status, body } = await call('promises', wrong);
    expect(status).toBe(502);
    expect(body).toMatchObject({ error: { code: 'tool_result_invalid' } });
    expect(JSON.stringify(body)).not.toMatch(/warm|said/);
    expect(await call('promises', { ...wrong, isError: true })).toMatchObject({ status: 200 });
    expect((await records('promises')).map(({ status, errorCode }) => [status, errorCode])).toEqual([
      ['error', null],
      ['error', 'tool_result_invalid'],
      ['success', null],
    ]);
  });

  it('is an error of a job too', async () => {
    const { body } = await call('promises', wrong, { prefer: 'respond-async' });
    const { id } = body as { id: string };
    const job = await waitFor('the end of the job', async () => {
      const seen = await caller.call<{ status: string; error: object | null }>('GET', `/api/jobs/${id}`);
      return ['queued', 'running'].includes(seen.status) ? undefined : seen;
    });
    expect(job).toMatchObject({ status: 'failed', error: { code: 'tool_result_invalid' } });
  });

  it('is not kept, and what is kept is right', async () => {
    const cache = { ttlSeconds: 60, scope: 'principal' };
    await product.owner.call('PUT', '/api/mcp/services/weather/tools/kept/policy', { cache });
    for (const status of [502, 502]) expect(await call('kept', wrong)).toMatchObject({ status });
    for (const cached of [false, true]) expect(await call('kept', right)).toMatchObject({ body: { cached } });
    expect(service.calls.filter(({ tool }) => tool === 'kept')).toHaveLength(3);
  });

  it('cannot be where the schema is none: such a tool is refused, and nothing is sent', async () => {
    expect(await call('nonsense', right)).toMatchObject({
      status: 502,
      body: { error: { code: 'tool_schema_unusable' } },
    });
    expect(service.calls.filter(({ tool }) => tool === 'nonsense')).toEqual([]);
  });

  it('is nothing that is looked for where nothing was promised', async () => {
    expect(await call('silent', wrong)).toMatchObject({ status: 200, body: { result: wrong } });
    expect(await call('half', {})).toMatchObject({ status: 200 });
  });
});
