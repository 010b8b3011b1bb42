import {
  inputRequired,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type CallToolResult,
  type InputRequests,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { answerIn, askFor, capabilitiesOf } from './ask-tools.ts';
import {
  object,
  text,
  type Arguments,
  type FixtureAnswer,
  type FixtureTool,
  type FixtureTools,
} from './fixture-tool.ts';
import type { TaskAnswers, TaskStore, TaskWork } from './task-store.ts';
import { TASK_TOOLS, type TaskTool } from './task-works.ts';

export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

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

/** Stops the work at its first question: a caller without tasks is asked, and calls again. */
class Unanswered extends Error {
  readonly requests: InputRequests;

  constructor(requests: InputRequests) {
    super('The client has to answer first.');
    this.requests = requests;
  }
}

async function atOnce(work: TaskWork, context: ServerContext): Promise<FixtureAnswer> {
  const ask = (requests: InputRequests): Promise<TaskAnswers> => {
    const answers = context.mcpReq.inputResponses ?? {};
    const complete = Object.keys(requests).every((key) => key in answers);
    return complete ? Promise.resolve(answers) : Promise.reject(new Unanswered(requests));
  };
  try {
    return (await work({ ask, signal: context.mcpReq.signal })) as CallToolResult;
  } catch (error) {
    if (error instanceof Unanswered) return inputRequired({ inputRequests: error.requests });
    throw error;
  }
}

/** A tool that becomes a task when the caller knows the extension. */
const extensionTool = ({ description, inputSchema, support, work }: TaskTool, store: TaskStore): FixtureTool => ({
  description,
  inputSchema,
  run: (args: Arguments, context) => {
    if (support === 'required') requireTasks(context);
    return declaresTasks(context) ? asTask(store, work(args)) : atOnce(work(args), context);
  },
});

/** The tools around the extension, for the modern era. */
export const taskTools = (store: TaskStore): FixtureTools => ({
  ...Object.fromEntries(Object.entries(TASK_TOOLS).map(([name, tool]) => [name, extensionTool(tool, store)])),
  greet: GREET,
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

/** Never a task; the same in both eras. */
export const GREET: FixtureTool = {
  description: 'Greets.',
  inputSchema: object({ name: { type: 'string' } }),
  run: ({ name }) => text(`Hello, ${String(name)}!`),
};

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
