import { ApiCaller, startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { PASSWORD, RunningProduct, type Person } from '../../spec/running-product.js';

interface Refused {
  error: { code: string };
}

interface Batch {
  items: { status: number; tool: string; result?: object; error?: { code: string } }[];
}

interface Recorded {
  items: { tool: string; door: string; errorCode: string | null; rule: string | null }[];
}

const ASYNC = { prefer: 'respond-async' };

describe('answers that are given again for an Idempotency-Key', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let service: string;
  let ann: Person;
  let caller: ApiCaller;
  let granted: string;
  let people = 0;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    service = await product.addService('fake', fake.url);
  });

  beforeEach(async () => {
    ann = await product.addPerson(`ann-${(people += 1)}`);
    granted = await product.grant(ann, service);
    caller = product.callerOf(ann);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const send = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
    caller.fetch('POST', `/api/mcp/${path}`, body, { 'idempotency-key': 'k', ...headers });
  const echo = (headers?: Record<string, string>): Promise<Response> =>
    send('services/fake/tools/echo', { arguments: { text: 'x' } }, headers);
  const item = (tool: string, args: object): object => ({ service: 'fake', tool, arguments: args });
  const batch = (): Promise<Response> =>
    send('tools/batch', { items: [item('echo', { text: 'x' }), item('add', { a: 1, b: 2 })] });
  const take = (grantId: string): Promise<unknown> => product.owner.call('DELETE', `/api/mcp/grants/${grantId}`);
  const answerOf = async (response: Response): Promise<[number, string | undefined, string | null]> => [
    response.status,
    ((await response.json()) as Partial<Refused>).error?.code,
    response.headers.get('idempotency-replayed'),
  ];
  const refusals = async (): Promise<Recorded['items']> =>
    (await product.owner.call<Recorded>('GET', `/api/audit/calls?userId=${ann.id}&status=denied`)).items;

  it('are refused to whom a rule forbids the tool meanwhile, on record, and given again when it is gone', async () => {
    expect((await echo()).status).toBe(200);
    const denial = await product.grant(ann, service, 'echo', 'deny');
    expect(await answerOf(await echo())).toEqual([403, 'access_denied', null]);
    expect(await refusals()).toEqual([
      expect.objectContaining({ tool: 'echo', door: 'rest', errorCode: 'access_denied', rule: expect.any(String) }),
    ]);
    await take(denial);
    expect(await answerOf(await echo())).toEqual([200, undefined, 'true']);
    expect(fake.state.calls.filter(({ tool }) => tool === 'echo')).toHaveLength(1);
  });

  it('are not there for whom the grant was taken from, whether an answer or a job was given', async () => {
    expect((await echo()).status).toBe(200);
    expect((await echo({ ...ASYNC, 'idempotency-key': 'job' })).status).toBe(202);
    await take(granted);
    expect(await answerOf(await echo())).toEqual([404, 'tool_not_found', null]);
    expect(await answerOf(await echo({ ...ASYNC, 'idempotency-key': 'job' }))).toEqual([404, 'tool_not_found', null]);
    expect(await refusals()).toHaveLength(2);
  });

  it('of a batch are refused one by one', async () => {
    const first = (await (await batch()).json()) as Batch;
    expect(first.items.map(({ status }) => status)).toEqual([200, 200]);
    await product.grant(ann, service, 'add', 'deny');
    const again = (await (await batch()).json()) as Batch;
    expect(again.items[0]).toEqual(first.items[0]);
    expect(again.items[1]).toMatchObject({ tool: 'add', status: 403, error: { code: 'access_denied' } });
    expect(again.items[1]).not.toHaveProperty('result');
    expect(await refusals()).toEqual([expect.objectContaining({ tool: 'add', door: 'batch' })]);
  });

  it('are not for a key that was revoked', async () => {
    const person = new ApiCaller(product.url);
    await person.login(ann.email, PASSWORD);
    const key = await person.call<{ id: string; secret: string }>('POST', '/api/auth/api-keys', { name: 'short' });
    caller = new ApiCaller(product.url, key.secret);
    expect((await echo()).status).toBe(200);
    await person.call('DELETE', `/api/auth/api-keys/${key.id}`);
    expect((await echo()).status).toBe(401);
  });

  it('are not for an account that is off', async () => {
    expect((await echo()).status).toBe(200);
    const { version } = await product.owner.call<{ version: number }>('GET', `/api/users/${ann.id}`);
    await product.owner.call('PUT', `/api/users/${ann.id}`, { enabled: false, version });
    expect((await echo()).status).toBe(401);
  });

  it('are refused while the service is switched off', async () => {
    expect((await echo()).status).toBe(200);
    await product.owner.call('PUT', '/api/mcp/services/fake/enabled', { enabled: false });
    expect(await answerOf(await echo())).toEqual([409, 'service_disabled', null]);
    await product.owner.call('PUT', '/api/mcp/services/fake/enabled', { enabled: true });
    expect((await echo()).headers.get('idempotency-replayed')).toBe('true');
  });
});
