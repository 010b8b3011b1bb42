import {
  ApiCaller,
  startConformanceFixture,
  startFakeMcpServer,
  waitFor,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { PASSWORD, RunningProduct, type Person } from '../spec/running-product.js';
import { ModernTaskClient, type TaskView } from './spec/task-clients.js';
import { TASK_SETTINGS, type TaskSettings } from './tasks/task-settings.js';

describe('tasks of the extension', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let asking: { url: string; close(): Promise<void> };
  let serviceId: string;
  let askingId: string;
  let ann: Person;
  let client: ModernTaskClient;

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    asking = await startConformanceFixture('legacy');
    serviceId = await product.addService('fake', fake.url);
    askingId = await product.addService('asking', asking.url);
    ann = await product.addPerson('ann');
    await product.grant(ann, serviceId);
    await product.grant(ann, askingId);
    client = new ModernTaskClient(product, ann.key);
  });

  beforeEach(() => becomeTasksAfter(0));

  afterAll(async () => {
    await product.stop();
    await fake.close();
    await asking.close();
  });

  const becomeTasksAfter = (patienceMs: number): void =>
    void Object.assign(product.app.get<TaskSettings>(TASK_SETTINGS), { patienceMs });

  const settled = async (taskId: string, by = client): Promise<TaskView> => {
    await waitFor(
      'the task to end',
      async () => !['working', 'input_required'].includes((await by.get(taskId)).status),
    );
    return by.get(taskId);
  };

  const lastCall = async (tool: string): Promise<{ status: string; errorCode: string | null }> => {
    const { items } = await product.owner.call<{ items: { status: string; errorCode: string | null }[] }>(
      'GET',
      `/api/audit/calls?limit=1&tool=${tool}`,
    );
    return items[0];
  };

  it('are announced to modern clients, as an extension and not as in 2025-11-25', async () => {
    const { result } = await client.request('server/discover', {});
    expect(result).toMatchObject({ capabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } });
    expect(result).not.toHaveProperty('capabilities.tasks');
  });

  it('come of calls that take longer than the patience, and of no others', async () => {
    becomeTasksAfter(60_000);
    expect(await client.call('fake__echo', { text: 'hi' })).toMatchObject({
      result: { resultType: 'complete', content: [{ text: 'hi' }] },
    });
    becomeTasksAfter(0);
    const { result } = await client.call('fake__slow', { ms: 50 });
    expect(result).toEqual({
      resultType: 'task',
      taskId: expect.any(String),
      status: 'working',
      createdAt: expect.stringMatching(/Z$/),
      lastUpdatedAt: expect.stringMatching(/Z$/),
      ttlMs: 3_600_000,
      pollIntervalMs: 1_000,
      _meta: expect.anything(),
    });
    expect(await settled(String(result?.taskId))).toMatchObject({
      resultType: 'complete',
      status: 'completed',
      result: { content: [{ text: 'done' }] },
    });
    expect(await lastCall('slow')).toMatchObject({ status: 'success' });
  });

  it('never come to a client that did not declare them, whatever it sends', async () => {
    const plain = new ModernTaskClient(product, ann.key, '/mcp', {});
    const params = { name: 'fake__slow', arguments: { ms: 20 }, task: { ttl: 1_000 } };
    expect(await plain.request('tools/call', params)).toMatchObject({ result: { resultType: 'complete' } });
  });

  it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])(
    'refuse %s to a client that did not declare them',
    async (method) => {
      const plain = new ModernTaskClient(product, ann.key, '/mcp', {});
      const taskId = await client.start('fake__slow', { ms: 1 });
      expect(await plain.request(method, { taskId, inputResponses: {} })).toMatchObject({
        status: 400,
        error: {
          code: -32021,
          data: { requiredCapabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } },
        },
      });
    },
  );

  it.each(['tasks/list', 'tasks/result'])('have no %s', async (method) => {
    expect(await client.request(method, { taskId: 'any' })).toMatchObject({ status: 404, error: { code: -32601 } });
  });

  it('complete with a result that says that the tool failed', async () => {
    const task = await settled(await client.start('fake__fail'));
    expect(task).toMatchObject({ status: 'completed', result: { isError: true } });
    expect(task).not.toHaveProperty('error');
  });

  it('fail with the error that the call would have had', async () => {
    const task = await settled(await client.start('fake__upstream_error'));
    expect(task).toMatchObject({ status: 'failed', error: { code: 502, data: { code: 'upstream_error' } } });
    expect(task).not.toHaveProperty('result');
  });

  it('go on when the connection that began them is gone, and stop when they are cancelled, twice if need be', async () => {
    const before = { calls: fake.state.calls.length, cancelled: fake.state.cancelled.length };
    const taskId = await client.start('fake__silent');
    await waitFor('the call to arrive', () => fake.state.calls.length > before.calls);
    expect(await client.get(taskId)).toMatchObject({ status: 'working' });
    for (let time = 0; time < 2; time += 1) {
      const { result } = await client.request('tasks/cancel', { taskId });
      expect(Object.keys(result ?? {}).sort()).toEqual(['_meta', 'resultType']);
    }
    expect(await client.get(taskId)).toMatchObject({ status: 'cancelled' });
    await waitFor('the service to hear', () => fake.state.cancelled.length > before.cancelled);
    await waitFor('the record', async () => (await lastCall('silent')).status === 'cancelled');
  });

  it('show how far they are', async () => {
    const taskId = await client.start('fake__progress', { steps: 2 });
    expect((await settled(taskId)).statusMessage).toMatch(/\d/);
  });

  it('compare the header with the task', async () => {
    const taskId = await client.start('fake__slow', { ms: 1 });
    expect(await client.request('tasks/get', { taskId }, { 'mcp-name': 'another' })).toMatchObject({
      status: 400,
      error: { code: -32020 },
    });
  });

  describe('of a service that asks', () => {
    const open = async (taskId: string): Promise<string[]> => {
      await waitFor('the question', async () => (await client.get(taskId)).status === 'input_required');
      return Object.keys((await client.get(taskId)).inputRequests);
    };

    it('wait for the answer, and take no other', async () => {
      becomeTasksAfter(60_000);
      const taskId = await client.start('asking__test_elicitation', { message: 'Who are you?' });
      const [key] = await open(taskId);
      expect((await client.get(taskId)).inputRequests[key]).toMatchObject({ method: 'elicitation/create' });
      for (const inputResponses of [{}, { nobody: { action: 'accept' } }, { ['__proto__x']: {} }, { [key]: 'text' }]) {
        expect(await client.request('tasks/update', { taskId, inputResponses })).toMatchObject({ status: 200 });
      }
      expect(await open(taskId)).toEqual([key]);
      const answer = { action: 'accept', content: { username: 'ann', email: 'ann@example.org' } };
      await client.request('tasks/update', { taskId, inputResponses: { [key]: answer } });
      const { result } = await settled(taskId);
      expect(JSON.stringify(result)).toContain('ann@example.org');
    });

    it('can be cancelled while they wait', async () => {
      const taskId = await client.start('asking__test_elicitation', { message: 'Who are you?' });
      await open(taskId);
      await client.request('tasks/cancel', { taskId });
      const task = await client.get(taskId);
      expect(task.status).toBe('cancelled');
      expect(task).not.toHaveProperty('inputRequests');
    });
  });

  describe('on a stream', () => {
    interface News {
      method?: string;
      params?: { notifications?: object; taskId?: string; status?: string; result?: unknown; _meta?: object };
    }

    /** Every message, as it comes, until the stream is closed by `stop`. */
    const listen = async (by: ModernTaskClient, notifications: object) => {
      const response = await by.post('subscriptions/listen', { notifications });
      const heard: News[] = [];
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const reading = (async () => {
        let text = '';
        for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
          const frames = (text + part.value).split('\n\n');
          text = frames.pop() ?? '';
          for (const frame of frames) heard.push(JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? '{}') as News);
        }
      })();
      const stop = async (): Promise<void> => {
        await reader?.cancel();
        await reading;
      };
      return { heard, stop, acknowledged: () => heard[0]?.params?.notifications };
    };

    it('tell how they are and what becomes of them', async () => {
      const taskId = await client.start('fake__silent');
      const { heard, stop, acknowledged } = await listen(client, { taskIds: [taskId, 'unknown'] });
      await waitFor('the first news', () => heard.length === 2);
      expect(acknowledged()).toEqual({ taskIds: [taskId] });
      expect(heard[1]).toMatchObject({ method: 'notifications/tasks', params: { taskId, status: 'working' } });
      expect(heard[1]?.params?._meta).toHaveProperty(['io.modelcontextprotocol/subscriptionId']);
      await client.request('tasks/cancel', { taskId });
      await waitFor('the end', () => heard.some(({ params }) => params?.status === 'cancelled'));
      await stop();
    });

    it('tell at once with what they ended', async () => {
      const taskId = await client.start('fake__echo', { text: 'hi' });
      await settled(taskId);
      const { heard, stop, acknowledged } = await listen(client, { taskIds: [taskId], toolsListChanged: true });
      await waitFor('the news', () => heard.length === 2);
      expect(acknowledged()).toEqual({ taskIds: [taskId], toolsListChanged: true });
      expect(heard[1]?.params).toMatchObject({ status: 'completed', result: { content: [{ text: 'hi' }] } });
      await stop();
    });

    it('are followed by their owner only, and only by who declared to know them', async () => {
      const taskId = await client.start('fake__silent');
      const eve = await product.addPerson('eve');
      await product.grant(eve, serviceId);
      for (const stranger of [
        new ModernTaskClient(product, eve.key),
        new ModernTaskClient(product, ann.key, '/mcp', {}),
      ]) {
        const { heard, stop, acknowledged } = await listen(stranger, { taskIds: [taskId], toolsListChanged: true });
        await waitFor('the acknowledgement', () => heard.length > 0);
        expect(acknowledged()).toEqual({ toolsListChanged: true });
        await stop();
      }
      await client.request('tasks/cancel', { taskId });
    });
  });

  describe('of others', () => {
    let foreign: [string, ModernTaskClient][];
    let taskId: string;

    beforeAll(async () => {
      becomeTasksAfter(0);
      const ben = await product.addPerson('ben');
      await product.grant(ben, serviceId);
      const again = new ApiCaller(product.url);
      await again.login(ann.email, PASSWORD);
      const { secret } = await again.withApiKey({ name: 'two' });
      foreign = [
        ['another person', new ModernTaskClient(product, ben.key)],
        ['another key of the same person', new ModernTaskClient(product, secret)],
        ['another endpoint', new ModernTaskClient(product, ann.key, '/mcp/s/fake')],
      ];
      taskId = await client.start('fake__silent');
    });

    afterAll(() => client.request('tasks/cancel', { taskId }));

    it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])('do not exist for %s', async (method) => {
      const unknown = await client.request(method, {
        taskId: 'e7a2d8a0-0000-4000-8000-000000000000',
        inputResponses: {},
      });
      expect(unknown).toMatchObject({ error: { code: -32602 } });
      for (const [who, stranger] of foreign) {
        const { error } = await stranger.request(method, { taskId, inputResponses: { 'question-1': {} } });
        expect([who, error?.code, error?.message]).toEqual([who, -32602, unknown.error?.message]);
      }
      expect(await client.get(taskId)).toMatchObject({ status: 'working' });
    });
  });

  it('are cancelled when the credential that began them is revoked', async () => {
    const before = { calls: fake.state.calls.length, cancelled: fake.state.cancelled.length };
    const cem = await product.addPerson('cem');
    await product.grant(cem, serviceId);
    await new ModernTaskClient(product, cem.key).start('fake__silent');
    await waitFor('the call to arrive', () => fake.state.calls.length > before.calls);
    await product.owner.call('DELETE', `/api/users/${cem.id}`);
    await waitFor('the service to hear', () => fake.state.cancelled.length > before.cancelled);
  });
});
