import { setTimeout as delay } from 'node:timers/promises';
import {
  inputRequired,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type CallToolResult,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { answerIn, askFor, askWhether, capabilitiesOf } from './ask-tools.ts';
import { object, text, type FixtureAnswer, type FixtureTools } from './fixture-tool.ts';
import type { TaskStore, TaskWork } from './task-store.ts';

export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

const BRIEFLY_MS = 100;

const declaresTasks = (context: ServerContext): boolean =>
  capabilitiesOf(context).extensions?.[TASKS_EXTENSION] !== undefined;

/** @throws {MissingRequiredClientCapabilityError} to a client that knows no tasks */
function requireTasks(context: ServerContext): void {
  if (declaresTasks(context)) return;
  throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } } });
}

/** The SDK's types know only its own result kinds; this one belongs to the extension. */
const asTask = (store: TaskStore, work: TaskWork): FixtureAnswer =>
  ({ resultType: 'task', ...store.start(work) }) as unknown as CallToolResult;

const confirmation = (key: string) => ({ [key]: askWhether('confirm', 'Really?') });

/** Tools that become tasks when the caller knows the extension. */
export const taskTools = (store: TaskStore): FixtureTools => ({
  greet: {
    description: 'Greets at once, never as a task.',
    inputSchema: object({ name: { type: 'string' } }),
    run: ({ name }) => text(`Hello, ${String(name)}!`),
  },
  slow_compute: {
    description: 'Takes `seconds` seconds.',
    inputSchema: object({ seconds: { type: 'number' }, label: { type: 'string' } }),
    run: async ({ seconds, label }, context) => {
      const compute = async (signal: AbortSignal): Promise<CallToolResult> => {
        await delay(Number(seconds ?? 0) * 1000, undefined, { signal });
        return text(`Computed ${String(label)}.`);
      };
      return declaresTasks(context) ? asTask(store, ({ signal }) => compute(signal)) : compute(context.mcpReq.signal);
    },
  },
  failing_job: {
    description: 'Fails as a tool does, always as a task.',
    run: (_args, context) => {
      requireTasks(context);
      return asTask(store, async ({ signal }) => {
        await delay(BRIEFLY_MS, undefined, { signal });
        return { ...text('The job failed.'), isError: true };
      });
    },
  },
  protocol_error_job: {
    description: 'Fails as a server does, always as a task.',
    run: (_args, context) => {
      requireTasks(context);
      return asTask(store, () => Promise.reject(new Error('The job broke down.')));
    },
  },
  confirm_delete: {
    description: 'Asks before it would delete something.',
    inputSchema: object({ filename: { type: 'string' } }),
    run: ({ filename }, context) => {
      if (!declaresTasks(context)) return inputRequired({ inputRequests: confirmation('confirm') });
      return asTask(store, async ({ ask }) => {
        await ask(confirmation('confirm'));
        return text(`Would delete ${String(filename)}.`);
      });
    },
  },
  multi_input: {
    description: 'Asks two things at once.',
    run: (_args, context) => {
      requireTasks(context);
      return asTask(store, async ({ ask }) =>
        text(JSON.stringify(await ask({ ...confirmation('first'), ...confirmation('second') }))),
      );
    },
  },
  test_tool_with_task: {
    description: 'Asks for a name first, then becomes a task.',
    run: (_args, context) => {
      requireTasks(context);
      const name = answerIn(context, 'user_name', 'name');
      if (name === undefined)
        return inputRequired({ inputRequests: { user_name: askFor('name', 'What is your name?') } });
      return asTask(store, () => Promise.resolve(text(`Hello, ${name}!`)));
    },
  },
});

const TASK_ID = z.object({ taskId: z.string() });

/** Serves what the extension adds to the methods. */
export function serveTasks(server: Server, store: TaskStore): void {
  server.setRequestHandler('tasks/get', { params: TASK_ID }, ({ taskId }, context) => {
    requireTasks(context);
    const task = store.get(taskId) ?? unknown(taskId);
    return { ...task };
  });
  server.setRequestHandler('tasks/update', { params: TASK_ID }, ({ taskId }, context) => {
    requireTasks(context);
    return store.answer(taskId, context.mcpReq.inputResponses ?? {}) ? {} : unknown(taskId);
  });
  server.setRequestHandler('tasks/cancel', { params: TASK_ID }, ({ taskId }, context) => {
    requireTasks(context);
    return store.cancel(taskId) ? {} : unknown(taskId);
  });
}

function unknown(taskId: string): never {
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown task: ${taskId}`);
}
