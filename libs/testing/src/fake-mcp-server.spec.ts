import { Client, SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { FAKE_MCP_SERVER_FILE, startFakeMcpServer, type RunningFakeMcp } from './fake-mcp-server.ts';
import { waitFor } from './wait-for.ts';

describe('the fake MCP service', () => {
  const fakes: RunningFakeMcp[] = [];
  const clients: Client[] = [];
  const start = async (options: Parameters<typeof startFakeMcpServer>[0]) => {
    const fake = await startFakeMcpServer(options);
    fakes.push(fake);
    return fake;
  };
  const client = (mode: 'auto' | 'legacy') => {
    const created = new Client({ name: 'spec', version: '1' }, { versionNegotiation: { mode } });
    clients.push(created);
    return created;
  };

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((each) => each.close()));
    await Promise.all(fakes.splice(0).map((each) => each.close()));
  });

  it.each([
    ['both', 'auto', 'modern'],
    ['both', 'legacy', 'legacy'],
    ['legacy', 'auto', 'legacy'],
    ['modern', 'auto', 'modern'],
  ] as const)('serving %s over HTTP, speaks to a client that starts %s as %s', async (era, mode, expected) => {
    const fake = await start({ era });
    const connected = client(mode);
    await connected.connect(new StreamableHTTPClientTransport(new URL(fake.url)));
    expect(connected.getProtocolEra()).toBe(expected);
    const result = await connected.callTool({ name: 'add', arguments: { a: 2, b: 3 } });
    expect(result.content).toEqual([{ type: 'text', text: '5' }]);
    expect((await connected.listResources()).resources).toHaveLength(2);
    expect((await connected.getPrompt({ name: 'hello', arguments: { name: 'Ada' } })).messages).toHaveLength(1);
  });

  it('refuses legacy clients when it is modern only', async () => {
    const fake = await start({ era: 'modern' });
    await expect(client('legacy').connect(new StreamableHTTPClientTransport(new URL(fake.url)))).rejects.toThrow();
  });

  it('speaks the SSE transport of 2024', async () => {
    const fake = await start({ transport: 'sse' });
    const connected = client('legacy');
    await connected.connect(new SSEClientTransport(new URL(fake.url)));
    expect((await connected.callTool({ name: 'echo', arguments: { text: 'hi' } })).content).toEqual([
      { type: 'text', text: 'hi' },
    ]);
  });

  it.each(['auto', 'legacy'] as const)('speaks stdio as a process, %s', async (mode) => {
    const connected = client(mode);
    await connected.connect(
      new StdioClientTransport({ command: process.execPath, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'] }),
    );
    expect((await connected.callTool({ name: 'garbage', arguments: {} })).content).toEqual([
      { type: 'text', text: 'after the noise' },
    ]);
  });

  it('tells its clients when its tools change', async () => {
    const fake = await start({ era: 'legacy' });
    const connected = client('legacy');
    let changes = 0;
    connected.setNotificationHandler('notifications/tools/list_changed', () => void (changes += 1));
    await connected.connect(new StreamableHTTPClientTransport(new URL(fake.url)));
    await waitFor('a change to arrive', async () => {
      fake.state.toggleTools();
      return changes > 0;
    });
  });

  it('notices that a call was cancelled', async () => {
    const fake = await start({});
    const connected = client('auto');
    await connected.connect(new StreamableHTTPClientTransport(new URL(fake.url)));
    const abort = new AbortController();
    const call = connected.callTool({ name: 'silent', arguments: {} }, { signal: abort.signal });
    await waitFor('the call to arrive', () => fake.state.calls.length > 0);
    abort.abort();
    await expect(call).rejects.toThrow();
    await waitFor('the cancellation to arrive', () => fake.state.cancelled.includes('silent'));
  });
});
