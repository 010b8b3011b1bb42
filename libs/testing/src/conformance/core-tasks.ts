import { setTimeout as delay } from 'node:timers/promises';
import {
  ProtocolError,
  ProtocolErrorCode,
  RELATED_TASK_META_KEY,
  type CallToolResult,
  type InputRequests,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { FixtureTool, FixtureTools } from './fixture-tool.ts';
import type { TaskAnswers, TaskStore, TaskView } from './task-store.ts';
import { TASK_TOOLS, type TaskTool } from './task-works.ts';

/*
 * Tasks as 2025-11-25 has them: the caller asks for one with `task`, polls it, and fetches its result separately, by a request
 * on which the questions of the task are asked.
 */

const LOOK_AGAIN_MS = 20;

/** What a server must declare to run tool calls as tasks. */
export const CORE_TASKS = { list: {}, cancel: {}, requests: { tools: { call: {} } } };

/** The task tools as a caller without tasks meets them. */
export const CORE_TASK_TOOLS: FixtureTools = Object.fromEntries(
  Object.entries(TASK_TOOLS).map(([name, tool]) => [name, coreTaskTool(tool)]),
);

function coreTaskTool({ description, inputSchema, support, work }: TaskTool): FixtureTool {
  return {
    description,
    inputSchema,
    taskSupport: support,
    run: async (args, context) => {
      if (support === 'required')
        throw new ProtocolError(ProtocolErrorCode.MethodNotFound, 'This tool runs as a task only.');
      const ask = (requests: InputRequests): Promise<TaskAnswers> => askAll(requests, context);
      return (await work(args)({ ask, signal: context.mcpReq.signal })) as CallToolResult;
    },
  };
}

/** Asks every question by a request of its own, at the same time. */
async function askAll(requests: InputRequests, context: ServerContext, _meta?: object): Promise<TaskAnswers> {
  const answers = Object.entries(requests).map(async ([key, { method, params }]): Promise<[string, unknown]> => [
    key,
    await context.mcpReq.send({ method, params: { ...params, ...(_meta && { _meta }) } }),
  ]);
  return Object.fromEntries(await Promise.all(answers));
}

/** Starts the tool called `name` as a task. @returns undefined when it is no such tool */
export function startCoreTask(
  name: string,
  args: Record<string, unknown>,
  store: TaskStore,
): CallToolResult | undefined {
  const tool = TASK_TOOLS[name];
  if (!tool) return undefined;
  // The SDK's server has no word for this result, and wants content in every other.
  return { content: [], task: shown(store.start(tool.work(args))) };
}

const shown = ({ taskId, status, createdAt, lastUpdatedAt, ttlMs, pollIntervalMs }: TaskView) => ({
  taskId,
  status,
  createdAt,
  lastUpdatedAt,
  ttl: ttlMs,
  pollInterval: pollIntervalMs,
});

const TASK_ID = z.object({ taskId: z.string() });

/** Serves the methods around tasks. */
export function serveCoreTasks(server: Server, store: TaskStore): void {
  const find = (taskId: string): TaskView => {
    const task = store.get(taskId);
    if (!task) throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown task: ${taskId}`);
    return task;
  };
  server.setRequestHandler('tasks/get', { params: TASK_ID }, ({ taskId }) => shown(find(taskId)));
  server.setRequestHandler('tasks/cancel', { params: TASK_ID }, ({ taskId }) => {
    if (hasEnded(find(taskId))) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The task has ended.');
    store.cancel(taskId);
    return shown(find(taskId));
  });
  server.setRequestHandler('tasks/result', { params: TASK_ID }, async ({ taskId }, context) => {
    const related = { [RELATED_TASK_META_KEY]: { taskId } };
    for (let task = find(taskId); !hasEnded(task); task = find(taskId)) {
      if (task.inputRequests) store.answer(taskId, await askAll(task.inputRequests, context, related));
      else await delay(LOOK_AGAIN_MS, undefined, { signal: context.mcpReq.signal });
    }
    return resultOf(find(taskId), related);
  });
}

const hasEnded = ({ status }: TaskView): boolean => status !== 'working' && status !== 'input_required';

/** @throws {ProtocolError} when there is none */
function resultOf({ status, result, error }: TaskView, _meta: Record<string, unknown>): CallToolResult {
  if (status === 'completed') return { ...(result as CallToolResult), _meta };
  throw new ProtocolError(error?.code ?? ProtocolErrorCode.InternalError, error?.message ?? `The task is ${status}.`);
}
