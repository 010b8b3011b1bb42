import { encodeHeaderValue } from '../../clients/index.js';

const VERSION = 'io.modelcontextprotocol/protocolVersion';
/** Under which key of `params` a method names what it is about. */
const NAMES: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
};

/** The headers that the same message would have come with over HTTP, for wires that have none: the body speaks alone. Pure. */
export function modernHeaders(body: Readonly<Record<string, unknown>>): Record<string, string> {
  const method = textOf(body['method']);
  const params = objectOf(body['params']);
  const version = textOf(objectOf(params['_meta'])[VERSION]);
  const name = textOf(params[NAMES[method ?? ''] ?? '']);
  return {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...(version !== undefined && { 'mcp-protocol-version': version }),
    ...(method !== undefined && { 'mcp-method': encodeHeaderValue(method) }),
    ...(name !== undefined && { 'mcp-name': encodeHeaderValue(name) }),
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
