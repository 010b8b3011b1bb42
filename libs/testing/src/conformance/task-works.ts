import { setTimeout as delay } from 'node:timers/promises';
import { inputRequired, type InputRequests, type Tool } from '@modelcontextprotocol/server';
import { object, text, type Arguments } from './fixture-tool.ts';
import { oneField } from './forms.ts';
import type { TaskWork } from './task-store.ts';

/** A tool whose work may, or must, be done as a task. */
export interface TaskTool {
  description: string;
  inputSchema?: Tool['inputSchema'];
  /** Whether it works for callers that know no tasks, too. */
  support: 'optional' | 'required';
  work: (args: Arguments) => TaskWork;
}

const BRIEFLY_MS = 100;

const confirmation = (key: string): InputRequests => ({
  [key]: inputRequired.elicit({ message: 'Really?', requestedSchema: oneField('confirm', 'boolean') }),
});

/** The tools that the suite wants as tasks, whatever the era calls a task. */
export const TASK_TOOLS: Record<string, TaskTool> = {
  slow_compute: {
    description: 'Takes `seconds` seconds.',
    inputSchema: object({ seconds: { type: 'number' }, label: { type: 'string' } }),
    support: 'optional',
    work:
      ({ seconds, label }) =>
      async ({ signal }) => {
        await delay(Number(seconds ?? 0) * 1000, undefined, { signal });
        return text(`Computed ${String(label)}.`);
      },
  },
  failing_job: {
    description: 'Fails as a tool does.',
    support: 'required',
    work:
      () =>
      async ({ signal }) => {
        await delay(BRIEFLY_MS, undefined, { signal });
        return { ...text('The job failed.'), isError: true };
      },
  },
  protocol_error_job: {
    description: 'Fails as a server does.',
    support: 'required',
    work: () => () => Promise.reject(new Error('The job broke down.')),
  },
  confirm_delete: {
    description: 'Asks before it would delete something.',
    inputSchema: object({ filename: { type: 'string' } }),
    support: 'optional',
    work:
      ({ filename }) =>
      async ({ ask }) => {
        await ask(confirmation('confirm'));
        return text(`Would delete ${String(filename)}.`);
      },
  },
  multi_input: {
    description: 'Asks two things at once.',
    support: 'required',
    work:
      () =>
      async ({ ask }) =>
        text(JSON.stringify(await ask({ ...confirmation('first'), ...confirmation('second') }))),
  },
};
