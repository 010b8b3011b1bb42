/**
 * `Mcp-Param-*` headers of 2026-07-28 over HTTP (SEP-2243): arguments whose schema carries `x-mcp-header` travel as
 * headers too, so that something on the way can route by them. The SDK does this only in its own `callTool`, which we
 * cannot use, because it validates and reshapes the result.
 */
export interface HeaderedParam {
  /** Names of properties from the root of the arguments. */
  readonly path: readonly string[];
  /** What follows `Mcp-Param-`. */
  readonly header: string;
}

type Json = Record<string, unknown>;

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const TYPES = ['string', 'integer', 'boolean'];
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The annotated properties; undefined when an annotation breaks the rules, and the tool must not be offered. */
export function headeredParams(inputSchema: unknown): readonly HeaderedParam[] | undefined {
  const params: HeaderedParam[] = [];
  const names = new Set<string>();
  const isValid = (schema: unknown, path: readonly string[], reachable: boolean): boolean => {
    if (Array.isArray(schema)) return schema.every((each) => isValid(each, path, false));
    if (!isObject(schema)) return true;
    const header = schema['x-mcp-header'];
    if (header !== undefined) {
      const usable = typeof header === 'string' && TOKEN.test(header) && TYPES.includes(String(schema.type));
      if (!usable || !reachable || path.length === 0 || names.has(header.toLowerCase())) return false;
      names.add(header.toLowerCase());
      params.push({ path, header });
    }
    return Object.entries(schema).every(([keyword, value]) => {
      if (keyword !== 'properties' || !isObject(value)) return isData(keyword) || isValid(value, path, false);
      return Object.entries(value).every(([name, child]) => isValid(child, [...path, name], reachable));
    });
  };
  return isValid(inputSchema, [], true) ? params : undefined;
}

/** Keywords whose value is an example or a constant, where `x-mcp-header` means nothing. */
const isData = (keyword: string): boolean => ['default', 'const', 'enum', 'examples'].includes(keyword);

/** The headers for one call; an argument that is null or absent has none. */
export function paramHeaders(params: readonly HeaderedParam[], args: unknown): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { path, header } of params) {
    const value = headerValueOf(path, args);
    if (value !== undefined) headers[`Mcp-Param-${header}`] = encodeHeaderValue(value);
  }
  return headers;
}

/** The argument at `path` as its header says it before it is encoded; undefined when it has none. */
export function headerValueOf(path: HeaderedParam['path'], args: unknown): string | undefined {
  const value = path.reduce<unknown>(
    (node, key) => (isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined),
    args,
  );
  const travels = typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
  return travels ? String(value) : undefined;
}

const PREFIX = '=?base64?';
const SUFFIX = '?=';
const isMarked = (value: string): boolean => value.startsWith(PREFIX) && value.endsWith(SUFFIX);

/**
 * Plain where a header can carry it, otherwise base64 between the marks that the specification sets. For `Mcp-Name` and
 * `Mcp-Param-*`; half of a surrogate pair is the only text that does not survive.
 */
export function encodeHeaderValue(value: string): string {
  const plain = /^[\t\x20-\x7e]+$/.test(value) && value === value.trim() && !isMarked(value);
  return plain ? value : `${PREFIX}${Buffer.from(value, 'utf8').toString('base64')}${SUFFIX}`;
}

const CANONICAL_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a header value stands for; undefined when it is marked as base64 of UTF-8 and is not: such a request is refused. */
export function decodeHeaderValue(value: string): string | undefined {
  if (!isMarked(value)) return value;
  const encoded = value.slice(PREFIX.length, -SUFFIX.length);
  if (!CANONICAL_BASE64.test(encoded)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}
