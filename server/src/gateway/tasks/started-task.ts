import type { CallToolResult, Result } from '@modelcontextprotocol/server';

const started = new WeakSet<object>();

/** Marks an answer to `tools/call` as a task, which the SDK's types do not know and its checks would fill up. */
export function startedTask(wire: Result): CallToolResult {
  started.add(wire);
  return wire as CallToolResult;
}

/** Whether it was made by `startedTask`: nothing that a service answers can look like one. */
export const isStartedTask = (result: Result): boolean => started.has(result);
