/** A POSIX shell word that means exactly `text`. */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** The command line that makes the same call through the REST API; the key is left for the reader to fill in. */
export function callAsCurl(origin: string, slug: string, tool: string, args: unknown): string {
  const address = `${origin}/api/mcp/services/${encodeURIComponent(slug)}/tools/${encodeURIComponent(tool)}`;
  return [
    `curl -sS -X POST ${shellQuote(address)}`,
    `-H "Authorization: Bearer $GATEHOUSE_API_KEY"`,
    `-H 'Content-Type: application/json'`,
    `--data-raw ${shellQuote(JSON.stringify({ arguments: args }))}`,
  ].join(' \\\n  ');
}
