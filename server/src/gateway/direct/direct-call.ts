import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  type RequestId,
} from '@modelcontextprotocol/server';
import type { IncomingHttpHeaders } from 'node:http';
import { TASKS_EXTENSION } from '../tasks/task-eras.js';

/**
 * A tool call that is plain enough to be answered past the SDK's server: every part of it is what the specification wants, and
 * it asks for nothing that takes a stream of its own. Whatever is not so plain, faulty requests above all, goes the SDK's way.
 */
export interface DirectCall {
  readonly era: 'modern' | 'legacy';
  readonly id: RequestId;
  readonly params: {
    readonly name: string;
    readonly arguments?: Record<string, unknown>;
    readonly _meta?: Record<string, unknown>;
  };
}

const MODERN_REVISION = '2026-07-28';
const OF_THE_PROTOCOL = 'io.modelcontextprotocol/';
/** Of 2026-07-28: what such a call may say of itself in `_meta`. A wish for logs is one for a stream. */
const PLAIN_KEYS = new Set([PROTOCOL_VERSION_META_KEY, CLIENT_CAPABILITIES_META_KEY, CLIENT_INFO_META_KEY]);

/** A modern client's `tools/list` that is as plain. */
export interface DirectList {
  readonly id: RequestId;
  readonly params: { readonly _meta: Record<string, unknown> };
}

/** Pure. @returns undefined for everything that is not so plain, those of a session too */
export function directListOf(body: unknown, headers: IncomingHttpHeaders): DirectList | undefined {
  if (!isMessage(body, 'tools/list')) return undefined;
  const { id, params } = body;
  if (!isObject(params) || !hasOnly(params, LIST_KEYS) || !isObject(params._meta)) return undefined;
  const { _meta } = params;
  const isPlain = isPlainModern(_meta) && saysMethod(headers, 'tools/list') && headers['mcp-name'] === undefined;
  return isPlain ? { id, params: { _meta } } : undefined;
}

/** No cursor: a list is one page. */
const LIST_KEYS = new Set(['_meta']);

/** Pure. @returns undefined for everything that is not so plain */
export function directCallOf(body: unknown, headers: IncomingHttpHeaders): DirectCall | undefined {
  if (!isMessage(body, 'tools/call')) return undefined;
  const { id, params } = body;
  if (!isCallParams(params)) return undefined;
  const { _meta: meta } = params;
  if (meta === undefined || !Object.keys(meta).some((key) => key.startsWith(OF_THE_PROTOCOL)))
    return isPlainLegacy(headers) ? { era: 'legacy', id, params } : undefined;
  return isPlainModern(meta) && saysTheSame(headers, params.name) ? { era: 'modern', id, params } : undefined;
}

const isMessage = (body: unknown, method: string): body is { id: RequestId; params: unknown } =>
  isObject(body) && body.jsonrpc === '2.0' && body.method === method && isId(body.id) && hasOnly(body, MESSAGE_KEYS);

const MESSAGE_KEYS = new Set(['jsonrpc', 'id', 'method', 'params']);
/** No task, no answers to questions, no state. */
const PARAM_KEYS = new Set(['name', 'arguments', '_meta']);

const isCallParams = (params: unknown): params is DirectCall['params'] =>
  isObject(params) &&
  hasOnly(params, PARAM_KEYS) &&
  typeof params.name === 'string' &&
  (params.arguments === undefined || isObject(params.arguments)) &&
  (params._meta === undefined || isObject(params._meta)) &&
  isToken(params._meta?.progressToken);

const isPlainLegacy = ({ 'mcp-protocol-version': version }: IncomingHttpHeaders): boolean =>
  version === undefined || (typeof version === 'string' && version < MODERN_REVISION);

function isPlainModern(meta: Json): boolean {
  const { progressToken, [CLIENT_INFO_META_KEY]: info, [CLIENT_CAPABILITIES_META_KEY]: capabilities } = meta;
  return (
    progressToken === undefined &&
    meta[LOG_LEVEL_META_KEY] === undefined &&
    meta[PROTOCOL_VERSION_META_KEY] === MODERN_REVISION &&
    Object.keys(meta).every((key) => !key.startsWith(OF_THE_PROTOCOL) || PLAIN_KEYS.has(key)) &&
    (info === undefined || isPlainInfo(info)) &&
    isPlainCapabilities(capabilities)
  );
}

const INFO_KEYS = new Set(['name', 'title', 'version']);

const isPlainInfo = (info: unknown): boolean =>
  isObject(info) &&
  hasOnly(info, INFO_KEYS) &&
  typeof info.name === 'string' &&
  typeof info.version === 'string' &&
  (info.title === undefined || typeof info.title === 'string');

const CAPABILITY_KEYS = new Set(['sampling', 'elicitation', 'extensions']);

/** Objects of objects, as the specification has them; a client that takes tasks is answered with one some day. */
const isPlainCapabilities = (capabilities: unknown): boolean =>
  isObject(capabilities) &&
  hasOnly(capabilities, CAPABILITY_KEYS) &&
  Object.values(capabilities).every((each) => isObject(each) && Object.values(each).every(isObject)) &&
  (capabilities.extensions as Json | undefined)?.[TASKS_EXTENSION] === undefined;

/** An encoded name, or one that differs, is for the SDK to judge. */
const saysTheSame = (headers: IncomingHttpHeaders, name: string): boolean =>
  saysMethod(headers, 'tools/call') && headers['mcp-name'] === name && !name.startsWith('=?');

const saysMethod = (headers: IncomingHttpHeaders, method: string): boolean =>
  headers['mcp-protocol-version'] === MODERN_REVISION && headers['mcp-method'] === method && takesBoth(headers.accept);

const takesBoth = (accept = ''): boolean => accept.includes('application/json') && accept.includes('text/event-stream');

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isId = (id: unknown): id is RequestId => typeof id === 'string' || Number.isSafeInteger(id);

const isToken = (token: unknown): boolean => token === undefined || isId(token);

function hasOnly(value: Json, keys: ReadonlySet<string>): boolean {
  for (const key of Object.keys(value)) if (!keys.has(key)) return false;
  return true;
}
