/** One thing to paste, and the key of the sentence that says where. */
export interface Snippet {
  text: string;
  code: string;
}

export interface ClientHelp {
  id: string;
  /** A product's name: the same in every language. */
  name: string;
  snippets: Snippet[];
}

/** The newest version that begins with a handshake; every server of ours answers it. */
const HANDSHAKE_VERSION = '2025-11-25';

/** The endpoint with all tools that somebody may use. */
const EVERYTHING = '/mcp';

const json = (value: unknown) => JSON.stringify(value, null, 2);

/**
 * How each client is pointed at the gateway: `origin` is its address, `key` an API key or a placeholder for it, `path` the
 * endpoint.
 */
export function clientHelp(origin: string, key: string, path = EVERYTHING): ClientHelp[] {
  const url = `${origin}${path}`;
  const headers = { Authorization: `Bearer ${key}` };
  return [
    {
      id: 'claude-code',
      name: 'Claude Code',
      snippets: [
        {
          text: 'keys.connect.claudeCode',
          code: `claude mcp add --transport http gatehouse ${url} \\\n  --header "Authorization: Bearer ${key}"`,
        },
      ],
    },
    { id: 'vscode', name: 'VS Code', snippets: [{ text: 'keys.connect.vscode', code: vscode(url) }] },
    {
      id: 'cursor',
      name: 'Cursor',
      snippets: [{ text: 'keys.connect.cursor', code: json({ mcpServers: { gatehouse: { url, headers } } }) }],
    },
    {
      id: 'curl',
      name: 'curl',
      snippets: [
        { text: 'keys.connect.curl', code: handshake(url, key) },
        ...(path === EVERYTHING ? [rest(origin, key)] : []),
      ],
    },
  ];
}

/** Lists all tools: it would say nothing of one endpoint. */
const rest = (origin: string, key: string): Snippet => ({
  text: 'keys.connect.rest',
  code: `curl -sS ${origin}/api/mcp/tools -H "Authorization: Bearer ${key}"`,
});

const vscode = (url: string) =>
  json({
    inputs: [{ type: 'promptString', id: 'gatehouse-key', description: 'Gatehouse API key', password: true }],
    servers: { gatehouse: { type: 'http', url, headers: { Authorization: 'Bearer ${input:gatehouse-key}' } } },
  });

function handshake(url: string, key: string): string {
  const params = {
    protocolVersion: HANDSHAKE_VERSION,
    capabilities: {},
    clientInfo: { name: 'curl', version: '1' },
  };
  return [
    `curl -sS ${url} \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    '  -H "Content-Type: application/json" \\',
    '  -H "Accept: application/json, text/event-stream" \\',
    `  -d '${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}'`,
  ].join('\n');
}
