import { clientHelp } from './snippets';

const help = (id: string) =>
  clientHelp('https://gw.example', 'ghk_x').find((client) => client.id === id)!.snippets[0].code;

describe('what to paste into a client', () => {
  it('is a command for Claude Code', () =>
    expect(help('claude-code')).toBe(
      'claude mcp add --transport http gatehouse https://gw.example/mcp \\\n  --header "Authorization: Bearer ghk_x"',
    ));

  it('is JSON for Cursor', () =>
    expect(JSON.parse(help('cursor'))).toEqual({
      mcpServers: { gatehouse: { url: 'https://gw.example/mcp', headers: { Authorization: 'Bearer ghk_x' } } },
    }));

  it('lets VS Code ask for the key, so that it is in no file', () => {
    expect(help('vscode')).not.toContain('ghk_x');
    expect(JSON.parse(help('vscode'))).toMatchObject({ servers: { gatehouse: { type: 'http' } } });
  });

  it('leads to the endpoint that is asked for, and lists no tools of others', () => {
    const texts = clientHelp('https://gw.example', 'ghk_x', '/mcp/p/support').flatMap(({ snippets }) => snippets);
    expect(texts.filter(({ code }) => !code.includes('https://gw.example/mcp/p/support'))).toEqual([]);
  });

  it('is a handshake for curl, whose body is JSON', () => {
    const body = /-d '(.*)'/.exec(help('curl'))?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({ jsonrpc: '2.0', method: 'initialize' });
  });
});
