import type { IncomingHttpHeaders } from 'node:http';
import { decodeHeaderValue, headeredParams, headerValueOf, type HeaderedParam } from '../../clients/index.js';

const PREFIX = 'mcp-param-';
const DECIMAL = /^-?\d+(\.\d+)?$/;

const paramsOfSchema = new WeakMap<object, readonly HeaderedParam[]>();

/**
 * Says how the `Mcp-Param-*` headers of a tool call contradict its body: one that is missing, means something else, cannot
 * be decoded, or speaks of what the body does not hold. Something on the way may have decided by them. Pure.
 *
 * Source: MCP 2026-07-28, basic/transports (SEP-2243). A header for an absent argument is refused too, where the
 * specification only says that none is expected.
 *
 * @returns undefined when they agree
 */
export function paramHeaderMismatch(
  inputSchema: object,
  args: unknown,
  headers: IncomingHttpHeaders,
): string | undefined {
  const params = paramsOf(inputSchema);
  const declared = new Set(params.map(({ header }) => PREFIX + header.toLowerCase()));
  const undeclared = Object.keys(headers).find((name) => name.startsWith(PREFIX) && !declared.has(name));
  if (undeclared) return `${undeclared} belongs to no argument of this tool`;
  for (const param of params) {
    const problem = contradiction(param, args, headers[PREFIX + param.header.toLowerCase()]);
    if (problem) return `Mcp-Param-${param.header} ${problem}`;
  }
  return undefined;
}

function contradiction(
  { path }: HeaderedParam,
  args: unknown,
  header: string | string[] | undefined,
): string | undefined {
  const expected = headerValueOf(path, args);
  if (header === undefined) return expected === undefined ? undefined : 'is missing';
  if (expected === undefined) return 'is given, but the body has no such argument';
  const said = decodeHeaderValue(String(header));
  if (said === undefined) return 'is marked as base64, and is not';
  return said === expected || isSameNumber(said, expected, path, args) ? undefined : 'differs from the body';
}

/** A client may write 42.0 where our parser reads 42; text is never compared as a number. */
function isSameNumber(said: string, expected: string, path: HeaderedParam['path'], args: unknown): boolean {
  const value = path.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], args);
  return typeof value === 'number' && DECIMAL.test(said) && Number(said) === Number(expected);
}

/** A schema is looked through once. One that breaks the rules for these headers asks for none. */
function paramsOf(inputSchema: object): readonly HeaderedParam[] {
  const known = paramsOfSchema.get(inputSchema);
  if (known) return known;
  const params = headeredParams(inputSchema) ?? [];
  paramsOfSchema.set(inputSchema, params);
  return params;
}
