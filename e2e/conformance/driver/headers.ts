export interface InputSchema {
  properties?: Record<string, { 'x-mcp-header'?: string; default?: unknown }>;
}

const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

/** What may stand in a header as it is, and what must be wrapped (MCP 2026-07-28, basic/transports). */
function encoded(value: string): string {
  if (value === '' || (PLAIN.test(value) && !value.startsWith('=?base64?'))) return value;
  return `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}

/** Mirrors the name that a request is about. */
export function nameHeader(params: Record<string, unknown>): Record<string, string> {
  const name = params.name ?? params.uri;
  return typeof name === 'string' ? { 'mcp-name': encoded(name) } : {};
}

/** Mirrors the arguments that the tool's schema marks; one that is absent or null has no header. */
export function paramHeaders(schema: InputSchema | undefined, args: unknown): Record<string, string> {
  const values = (args ?? {}) as Record<string, string | number | boolean | null | undefined>;
  const marked = Object.entries(schema?.properties ?? {}).flatMap(([key, property]): [string, string][] => {
    const header = property['x-mcp-header'];
    const value = values[key] ?? null;
    return header === undefined || value === null ? [] : [[`mcp-param-${header}`, encoded(String(value))]];
  });
  return Object.fromEntries(marked);
}
