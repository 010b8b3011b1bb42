/** What people paste, one of each kind; the names are keys of the dictionaries. */
export const SAMPLES = [
  {
    name: 'json',
    text: `{
  "mcpServers": {
    "everything": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-everything"]
    }
  }
}`,
  },
  { name: 'url', text: 'https://mcp.example.com/mcp' },
  { name: 'command', text: 'npx -y @modelcontextprotocol/server-memory' },
] as const;
