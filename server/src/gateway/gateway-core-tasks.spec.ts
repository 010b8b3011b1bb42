import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CallToolResultSchema,
  CreateTaskResultSchema,
  ElicitRequestSchema,
  TaskStatusNotificationSchema,
  type ElicitRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { startConformanceFixture, startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../spec/running-product.js';

const RELATED = 'io.modelcontextprotocol/related-task';
const UNKNOWN = 'e7a2d8a0-0000-4000-8000-000000000000';

/** The SDK of that revision is the one that has its tasks. */
describe('tasks of 2025-11-25', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let asking: { url: string; close(): Promise<void> };
  let modern: { url: string; close(): Promise<void> };
  let serviceId: string;
  let ann: Person;
  let client: Client;
  const questions: ElicitRequest[] = [];
  const open: Client[] = [];

  const connect = async (person: Person): Promise<Client> => {
    const connected = new Client(
      { name: 'spec', version: '1' },
      { capabilities: { elicitation: {}, tasks: { requests: { elicitation: { create: {} } } } } },
    );
    connected.setRequestHandler(ElicitRequestSchema, (request) => {
      questions.push(request);
      return { action: 'accept', content: { name: 'Ann', username: 'ann', email: 'ann@example.org' } };
    });
    const requestInit = { headers: { Authorization: `Bearer ${person.key}` } };
    await connected.connect(new StreamableHTTPClientTransport(new URL('/mcp', product.url), { requestInit }));
    open.push(connected);
    return connected;
  };

  beforeAll(async () => {
    product = await RunningProduct.start();
    fake = await startFakeMcpServer();
    asking = await startConformanceFixture('legacy');
    modern = await startConformanceFixture('modern');
    serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    await product.grant(ann, serviceId);
    await product.grant(ann, await product.addService('asking', asking.url));
    await product.grant(ann, await product.addService('modern', modern.url));
    client = await connect(ann);
  });

  afterAll(async () => {
    await Promise.all(open.map((each) => each.close()));
    await product.stop();
    await fake.close();
    await asking.close();
    await modern.close();
  });

  const start = async (name: string, args: object = {}, by = client): Promise<string> => {
    const params = { name, arguments: args as Record<string, unknown>, task: { ttl: 60_000 } };
    const { task } = await by.request({ method: 'tools/call', params }, CreateTaskResultSchema);
    return task.taskId;
  };
  const resultOf = (taskId: string, by = client) => by.experimental.tasks.getTaskResult(taskId, CallToolResultSchema);

  it('are announced, and every tool may be one', async () => {
    expect(client.getServerCapabilities()?.tasks).toEqual({ list: {}, cancel: {}, requests: { tools: { call: {} } } });
    expect(client.getServerCapabilities()?.extensions).not.toHaveProperty(['io.modelcontextprotocol/tasks']);
    const { tools } = await client.listTools();
    expect(tools.map(({ execution }) => execution?.taskSupport)).toEqual(tools.map(() => 'optional'));
  });

  it('run from their creation to their result', async () => {
    const seen: string[] = [];
    const call = { name: 'fake__progress', arguments: { steps: 3 } };
    for await (const message of client.experimental.tasks.callToolStream(call, CallToolResultSchema, {
      task: { ttl: 60_000 },
    })) {
      seen.push(message.type);
      if (message.type === 'result') expect(message.result._meta?.[RELATED]).toEqual({ taskId: expect.any(String) });
    }
    expect([seen[0], seen.at(-1)]).toEqual(['taskCreated', 'result']);
  });

  it('put the questions of their service to whoever waits for their result', async () => {
    const taskId = await start('asking__test_elicitation', { message: 'Who are you?' });
    await waitFor(
      'the question',
      async () => (await client.experimental.tasks.getTask(taskId)).status === 'input_required',
    );
    expect(questions).toEqual([]);
    expect(JSON.stringify(await resultOf(taskId))).toContain('ann@example.org');
    expect(questions.map(({ params }) => params._meta?.[RELATED])).toEqual([{ taskId }]);
  });

  it.each([
    ['that runs the call as a task of its own', 'modern__multi_input', 2],
    ['that asks first and runs a task then', 'modern__test_tool_with_task', 1],
    ['that answers with its questions', 'modern__test_input_required_result_elicitation', 1],
  ])('carry the questions of a modern service %s', async (_, tool, count) => {
    questions.length = 0;
    const taskId = await start(tool);
    expect(await resultOf(taskId)).toMatchObject({ content: [{ type: 'text' }], _meta: { [RELATED]: { taskId } } });
    expect(questions.map(({ params }) => params._meta?.[RELATED])).toEqual(Array(count).fill({ taskId }));
  });

  it('tell the session what becomes of them', async () => {
    const heard: { taskId: string; status: string }[] = [];
    client.setNotificationHandler(TaskStatusNotificationSchema, ({ params }) => void heard.push(params));
    const done = new Set<string>();
    // The stream of news may open a moment after the session, and news may come a moment after the result.
    await waitFor('the news', async () => {
      const taskId = await start('fake__echo', { text: 'hi' });
      await resultOf(taskId);
      done.add(taskId);
      return heard.some((each) => done.has(each.taskId) && each.status === 'completed');
    });
  });

  it('have failed when their tool has, and answer as the call would have', async () => {
    const failed = await start('fake__fail');
    expect(await resultOf(failed)).toMatchObject({ isError: true });
    expect(await client.experimental.tasks.getTask(failed)).toMatchObject({ status: 'failed' });
    await expect(resultOf(await start('fake__upstream_error'))).rejects.toMatchObject({ code: 502 });
    await expect(resultOf(await start('fake__add', { a: 'one' }))).rejects.toMatchObject({ code: -32602 });
  });

  it('are listed, and cancelled once', async () => {
    const before = { calls: fake.state.calls.length, cancelled: fake.state.cancelled.length };
    const taskId = await start('fake__silent');
    await waitFor('the call to arrive', () => fake.state.calls.length > before.calls);
    expect((await client.experimental.tasks.listTasks()).tasks.map((task) => task.taskId)).toContain(taskId);
    const waiting = resultOf(taskId);
    waiting.catch(() => undefined);
    expect(await client.experimental.tasks.cancelTask(taskId)).toMatchObject({ taskId, status: 'cancelled' });
    await expect(waiting).rejects.toMatchObject({ code: 499 });
    await expect(resultOf(taskId)).rejects.toMatchObject({ code: 499 });
    await expect(client.experimental.tasks.cancelTask(taskId)).rejects.toMatchObject({ code: -32602 });
    await waitFor('the service to hear', () => fake.state.cancelled.length > before.cancelled);
  });

  it('outlive the session that began them, for the same credential only', async () => {
    const taskId = await start('fake__silent');
    expect(await (await connect(ann)).experimental.tasks.getTask(taskId)).toMatchObject({ status: 'working' });
    const ben = await product.addPerson('ben');
    await product.grant(ben, serviceId);
    const { tasks } = (await connect(ben)).experimental;
    const refusals = async (id: string): Promise<string[]> => {
      const attempts = [tasks.getTask(id), tasks.getTaskResult(id, CallToolResultSchema), tasks.cancelTask(id)];
      const ends = await Promise.allSettled(attempts);
      return ends.map((end) => (end.status === 'rejected' ? String(end.reason) : 'found'));
    };
    expect(await refusals(taskId)).toEqual(await refusals(UNKNOWN));
    expect(await refusals(taskId)).toEqual(Array(3).fill(expect.stringContaining('-32602')));
    expect((await tasks.listTasks()).tasks).toEqual([]);
    await expect(tasks.listTasks(taskId)).rejects.toMatchObject({ code: -32602 });
    await client.experimental.tasks.cancelTask(taskId);
  });

  it('are refused when one person has too many', async () => {
    const dan = await product.addPerson('dan');
    await product.grant(dan, serviceId);
    const flooding = await connect(dan);
    const ids = await Promise.all(Array.from({ length: 50 }, () => start('fake__silent', {}, flooding)));
    await expect(start('fake__silent', {}, flooding)).rejects.toMatchObject({ code: 429 });
    await Promise.all(ids.map((taskId) => flooding.experimental.tasks.cancelTask(taskId)));
    expect(await resultOf(await start('fake__echo', { text: 'free' }, flooding), flooding)).toMatchObject({
      content: [{ text: 'free' }],
    });
  });

  it('do not exist in older revisions', async () => {
    const old = async (body: object, session = ''): Promise<Response> =>
      product.post(ann.key, { jsonrpc: '2.0', id: 1, ...body }, session ? { 'mcp-session-id': session } : {});
    const clientInfo = { name: 'spec', version: '1' };
    const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo };
    const hello = await old({ method: 'initialize', params });
    const session = hello.headers.get('mcp-session-id') ?? '';
    expect(JSON.stringify(await hello.json())).not.toContain('"tasks"');
    expect(await (await old({ method: 'tools/list' }, session)).text()).not.toContain('taskSupport');
    expect(await (await old({ method: 'tasks/list' }, session)).json()).toMatchObject({ error: { code: -32601 } });
    const call = { name: 'fake__echo', arguments: { text: 'hi' }, task: { ttl: 1 } };
    const answer = await old({ method: 'tools/call', params: call }, session);
    expect(await answer.json()).toMatchObject({ result: { content: [{ text: 'hi' }] } });
  });
});
