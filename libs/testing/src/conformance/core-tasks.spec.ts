import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { startConformanceFixture, type RunningFixture } from './start-fixture.ts';

const TASK = z.object({ taskId: z.string(), status: z.string() });
const STARTED = z.object({ task: TASK });
const RESULT = z.looseObject({ content: z.array(z.looseObject({ text: z.string() })) });

/** The suite has no scenario for tasks of 2025-11-25; the crossed runs rely on these. */
describe('tasks of the legacy conformance fixture', () => {
  let fixture: RunningFixture;
  let client: Client;

  beforeAll(async () => {
    fixture = await startConformanceFixture('legacy');
    client = new Client({ name: 'spec', version: '1.0.0' }, { capabilities: { elicitation: { form: {} } } });
    client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: { confirm: true } }));
    await client.connect(new StreamableHTTPClientTransport(new URL(fixture.url)));
  });

  afterAll(async () => {
    await client.close();
    await fixture.close();
  });

  const start = async (name: string, args: Record<string, unknown> = {}): Promise<string> => {
    const params = { name, arguments: args, task: { ttl: 60_000 } };
    return (await client.request({ method: 'tools/call', params }, STARTED)).task.taskId;
  };
  const result = (taskId: string) => client.request({ method: 'tasks/result', params: { taskId } }, RESULT);

  it('says which tools run as tasks', async () => {
    const { tools } = await client.request(
      { method: 'tools/list' },
      z.looseObject({ tools: z.array(z.looseObject({})) }),
    );
    const support = tools.filter((tool) => tool.execution).map((tool) => [tool.name, tool.execution]);
    expect(support).toContainEqual(['failing_job', { taskSupport: 'required' }]);
    expect(support).toContainEqual(['slow_compute', { taskSupport: 'optional' }]);
  });

  it('asks its questions on the request for the result', async () => {
    const { content } = await result(await start('confirm_delete', { filename: 'a.txt' }));
    expect(content[0]?.text).toBe('Would delete a.txt.');
  });

  it('tells a failed tool from a broken task', async () => {
    expect(await result(await start('failing_job'))).toMatchObject({ isError: true });
    await expect(result(await start('protocol_error_job'))).rejects.toThrow('The job broke down.');
  });

  it('is cancelled once', async () => {
    const taskId = await start('slow_compute', { seconds: 60 });
    const cancel = () => client.request({ method: 'tasks/cancel', params: { taskId } }, TASK);
    expect(await cancel()).toMatchObject({ status: 'cancelled' });
    await expect(cancel()).rejects.toThrow('ended');
  });

  it('refuses to run at once what runs as a task only', async () => {
    await expect(client.callTool({ name: 'failing_job' })).rejects.toMatchObject({ code: -32601 });
  });
});
