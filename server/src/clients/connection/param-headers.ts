/**
 * `Mcp-Param-*` headers of 2026-07-28 over HTTP (SEP-2243): arguments whose schema carries `x-mcp-header` travel as
 * headers too, so that something on the way can route by them. The SDK does this only in its own `callTool`, which we
 * cannot use, because it validates and reshapes the result.
 */
interface HeaderedParam {
  path: readonly string[];
  header: string;
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
    const value = path.reduce<unknown>((node, key) => (isObject(node) ? node[key] : undefined), args);
    if (typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)) {
      headers[`Mcp-Param-${header}`] = encoded(String(value));
    }
  }
  return headers;
}

/** Plain where a header can carry it, otherwise base64 between the marks that the specification sets. */
function encoded(value: string): string {
  const plain = /^[\t\x20-\x7e]+$/.test(value) && value === value.trim() && !/^=\?base64\?.*\?=$/.test(value);
  return plain ? value : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}
