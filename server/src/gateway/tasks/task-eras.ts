import {
  CLIENT_CAPABILITIES_META_KEY,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type ClientCapabilities,
  type Server,
  type ServerCapabilities,
  type Tool,
} from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';

/** The extension of 2026-07-28 by which a server may answer a call with a task (SEP-2663). */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';
/** The only revision that has tasks of its own. */
const CORE_TASKS_REVISION = '2025-11-25';

/** The SDK has checked it; its own type of it has other keys. */
interface Envelope {
  readonly [CLIENT_CAPABILITIES_META_KEY]?: ClientCapabilities;
}

/** Only modern requests carry the envelope. */
export const isModern = ({ mcpReq }: CallContext): boolean => mcpReq.envelope !== undefined;

/** Whether a modern client said, with this very request, that it knows tasks. */
export function declaresTasks({ mcpReq }: CallContext): boolean {
  const envelope: Envelope | undefined = mcpReq.envelope;
  return envelope?.[CLIENT_CAPABILITIES_META_KEY]?.extensions?.[TASKS_EXTENSION] !== undefined;
}

/** Whether a legacy client and we agreed on the revision that has tasks. */
export const hasCoreTasks = (server: Server): boolean => server.getNegotiatedProtocolVersion() === CORE_TASKS_REVISION;

/** @throws {MissingRequiredClientCapabilityError} to a modern client that did not declare the extension */
export function requireExtension(context: CallContext): void {
  if (!isModern(context)) throw methodNotFound();
  if (declaresTasks(context)) return;
  throw new MissingRequiredClientCapabilityError({ requiredCapabilities: { extensions: { [TASKS_EXTENSION]: {} } } });
}

/** @throws {ProtocolError} to a client of a revision that has no tasks of its own */
export function requireCoreTasks(server: Server): void {
  if (!hasCoreTasks(server)) throw methodNotFound();
}

/** What a client of the revision is told of tasks. Pure. */
export function withTasks(capabilities: ServerCapabilities, revision: string | undefined): ServerCapabilities {
  if (revision === CORE_TASKS_REVISION) {
    return { ...capabilities, tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } };
  }
  if (revision === undefined || revision < CORE_TASKS_REVISION) return capabilities;
  return { ...capabilities, extensions: { ...capabilities.extensions, [TASKS_EXTENSION]: {} } };
}

/**
 * A tool as clients of the agreed revision see it. Pure. In 2025-11-25 every tool may be called as a task and none must be, whatever
 * its service says: we wait for the service's task where a client does not. Nowhere else do tools speak of tasks.
 */
export const withTaskSupport = ({ execution, ...tool }: Tool, coreTasks: boolean): Tool =>
  coreTasks ? { ...tool, execution: { ...execution, taskSupport: 'optional' } } : tool;

const methodNotFound = (): ProtocolError => new ProtocolError(ProtocolErrorCode.MethodNotFound, 'Method not found');
