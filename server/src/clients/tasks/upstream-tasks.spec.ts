import { jest } from '@jest/globals';
import { join } from 'node:path';
import { startConformanceFixture, waitFor, type RunningFixture } from '@gatehouse/testing';
import type { ForeignObject } from '../../services/index.js';
import type { Counterpart, Question } from '../dialogue.js';
import { aManager, aService, aTool } from '../clients.fixture.js';

const aCounterpart = (answer: (question: Question) => ForeignObject): Counterpart => ({
  capabilities: { elicitation: { form: {} } },
  ask: async (question) => answer(question),
  takesInputRequired: false,
});

const text = (result: { content?: unknown }) => (result.content as { text: string }[])[0]?.text;

describe('tools that a service runs as tasks', () => {
  let world: ReturnType<typeof aManager>;

  beforeEach(() => (world = aManager()));
  afterEach(() => world.end());

  const call = (id: string, name: string, args: Record<string, unknown> = {}, options = {}) => {
    const tool = world.manager.capabilities(id)?.tools.find((each) => each.name === name) ?? aTool(name);
    return world.manager.callTool(id, tool, args, options);
  };

  describe('of 2026-07-28', () => {
    let fixture: RunningFixture;
    const id = 'modern';

    beforeAll(async () => (fixture = await startConformanceFixture('modern')));
    afterAll(() => fixture.close());
    beforeEach(async () => {
      world.definitions.put(aService({ id, url: fixture.url }));
      await world.manager.connect(id);
    });

    it('answer as ordinary calls do, and say that it takes a while', async () => {
      const onTask = jest.fn();
      expect(text(await call(id, 'slow_compute', { seconds: 0.2, label: 'x' }, { onTask }))).toBe('Computed x.');
      expect(onTask).toHaveBeenCalledTimes(1);
    });

    it('stay ordinary when the service or the caller wants it so', async () => {
      const onTask = jest.fn();
      expect(text(await call(id, 'greet', { name: 'Ada' }, { onTask }))).toBe('Hello, Ada!');
      const plain = await call(id, 'slow_compute', { seconds: 0, label: 'y' }, { onTask, mayBeTask: false });
      expect([text(plain), onTask.mock.calls]).toEqual(['Computed y.', []]);
    });

    it('fail as the tool does, and as the service does', async () => {
      expect(await call(id, 'failing_job')).toMatchObject({ isError: true, content: [{ text: 'The job failed.' }] });
      await expect(call(id, 'protocol_error_job')).rejects.toMatchObject({
        code: 'upstream_error',
        details: { cause: 'The job broke down.' },
      });
    });

    it('end at the deadline and with their caller', async () => {
      const late = call(id, 'slow_compute', { seconds: 60 }, { timeoutMs: 300 });
      await expect(late).rejects.toMatchObject({ code: 'upstream_timeout' });
      const abort = new AbortController();
      const gone = call(id, 'slow_compute', { seconds: 60 }, { signal: abort.signal, onTask: () => abort.abort() });
      await expect(gone).rejects.toMatchObject({ code: 'call_cancelled' });
    });

    it('ask whoever calls, also before they become tasks', async () => {
      const asked: Question[] = [];
      const counterpart = aCounterpart((question) => {
        asked.push(question);
        return { action: 'accept', content: { confirm: true, name: 'Ada' } };
      });
      expect(text(await call(id, 'multi_input', {}, { counterpart }))).toContain('accept');
      expect(asked.map(({ method }) => method)).toEqual(['elicitation/create', 'elicitation/create']);
      expect(text(await call(id, 'test_tool_with_task', {}, { counterpart }))).toBe('Hello, Ada!');
    });

    it('are refused when they ask and nobody can answer', async () => {
      await expect(call(id, 'multi_input')).rejects.toMatchObject({ code: 'input_unavailable' });
    });
  });

  describe('of 2025-11-25', () => {
    const id = 'everything';

    beforeEach(async () => {
      const server = join('node_modules/@modelcontextprotocol', 'server-everything/dist/index.js');
      const config = {
        connect: 'on-demand' as const,
        command: process.execPath,
        args: [server, 'stdio'],
        cwd: process.cwd(),
      };
      world.definitions.put(aService({ id, type: 'stdio', config }));
      await world.manager.connect(id);
    });

    it('answer as ordinary calls do, with their status as progress', async () => {
      const told: string[] = [];
      const onTask = jest.fn();
      const onProgress = ({ message }: { message?: string }) => told.push(message ?? '');
      const result = await call(id, 'simulate-research-query', { topic: 'gates' }, { onProgress, onTask });
      expect(text(result)).toContain('gates');
      expect(JSON.stringify(result)).not.toContain('related-task');
      expect([told.length > 1, onTask.mock.calls.length]).toEqual([true, 1]);
    });

    it('ask whoever calls', async () => {
      const counterpart = aCounterpart(() => ({ action: 'accept', content: { interpretation: 'technical' } }));
      const args = { topic: 'python', ambiguous: true };
      const result = await call(id, 'simulate-research-query', args, { counterpart });
      expect(text(result)).toContain('technical');
    });

    it('are cancelled when their caller goes', async () => {
      const abort = new AbortController();
      const frames: string[] = [];
      const onFrame = (frame: object) => frames.push(JSON.stringify(frame));
      const gone = call(
        id,
        'simulate-research-query',
        { topic: 'x' },
        { signal: abort.signal, onTask: () => abort.abort(), onFrame },
      );
      await expect(gone).rejects.toMatchObject({ code: 'call_cancelled' });
      await waitFor('the service to know', () =>
        frames.some((frame) => frame.includes('"direction":"in"') && frame.includes('"status":"cancelled"')),
      );
    });
  });
});
