import { PROTOCOL_VERSION_META_KEY, type RequestId } from '@modelcontextprotocol/server';

/** The only revision of this door so far; the SDK refuses others with the list of what is supported. */
const REVISION = '2026-07-28';

/** What has to be known of a tool call before the SDK sees it. */
export interface ToolCall {
  readonly id: RequestId;
  readonly name: string;
  readonly args: unknown;
}

/** Reads a `tools/call` of the modern revision from a body of any shape; undefined for everything else. Pure. */
export function toolCallOf(body: unknown): ToolCall | undefined {
  const { method, id, params } = fieldsOf(body);
  if (method !== 'tools/call' || (typeof id !== 'string' && typeof id !== 'number')) return undefined;
  const { name, arguments: args, _meta } = fieldsOf(params);
  const version = fieldsOf(_meta)[PROTOCOL_VERSION_META_KEY];
  return typeof name === 'string' && version === REVISION ? { id, name, args } : undefined;
}

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
