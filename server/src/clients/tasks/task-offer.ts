import type { ForeignObject, ToolDefinition } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';

/** The extension of 2026-07-28 (SEP-2663). */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

/** Calls that may take longer are not waited for on a connection, ms. */
const AWAITED_MS = 600_000;
/** How much longer than we wait the service should keep the answer, ms. */
const SPARE_MS = 60_000;

/** How one tool call says that it may become a task. */
export interface TaskOffer {
  /** Legacy: goes along. */
  readonly params?: { readonly task: { readonly ttl: number } };
  /** Modern: goes into the declared capabilities. */
  readonly extensions?: ForeignObject;
}

/**
 * What to offer a service so that it can run a call as a task; undefined when it must or should not.
 *
 * A modern service decides by itself as soon as the extension is declared. A legacy one (2025-11-25, `execution.taskSupport`)
 * does what it is asked: tools that want a task get one, tools that could do with one only when nobody waits for them.
 */
export function taskOffer(
  connection: Pick<Connection, 'era' | 'capabilities'>,
  tool: Pick<ToolDefinition, 'execution'>,
  timeoutMs: number,
): TaskOffer | undefined {
  const { extensions, tasks } = connection.capabilities;
  if (connection.era === 'modern')
    return extensions?.[TASKS_EXTENSION] ? { extensions: { [TASKS_EXTENSION]: {} } } : undefined;
  const support = tasks?.requests?.tools?.call ? tool.execution?.taskSupport : undefined;
  const wanted = support === 'required' || (support === 'optional' && timeoutMs > AWAITED_MS);
  return wanted ? { params: { task: { ttl: Math.ceil(timeoutMs) + SPARE_MS } } } : undefined;
}
