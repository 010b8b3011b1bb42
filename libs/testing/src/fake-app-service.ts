import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { Server, createMcpHandler, type Tool } from '@modelcontextprotocol/server';

/** The page of an MCP App and what its service asks of the host for it. */
export interface FakeApp {
  html: string;
  /** `_meta.ui` of the page: `csp`, `permissions`, `prefersBorder`. */
  ui?: Record<string, unknown>;
  mimeType?: string;
}

export interface RunningAppService {
  url: string;
  /** Tool calls in the order they came. */
  readonly calls: { tool: string; arguments: Record<string, unknown> }[];
  /** Set it to have the next reading get another page. */
  app: FakeApp;
  close(): Promise<void>;
}

const APP_URI = 'ui://board/app.html';
const object = { type: 'object' as const, properties: {} };

const TOOLS: Tool[] = [
  {
    name: 'show_board',
    title: 'Show board',
    inputSchema: object,
    _meta: { ui: { resourceUri: APP_URI }, 'ui/resourceUri': APP_URI, 'example.com/kept': 1 },
  },
  { name: 'move', inputSchema: object, _meta: { ui: { resourceUri: APP_URI, visibility: ['app'] } } },
  { name: 'explain', inputSchema: object, _meta: { ui: { visibility: ['model'] } } },
];

/**
 * Starts a service with an MCP App, in this process and on loopback: `show_board` has the app, `move` is for the app
 * alone, `explain` for models alone; `note://rules` is a resource that is no app.
 */
export async function startFakeAppService(app: FakeApp): Promise<RunningAppService> {
  const running: Omit<RunningAppService, 'url' | 'close'> = { calls: [], app };
  const serve = toNodeHandler(createMcpHandler(() => boardServer(running)));
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(running, { url: `http://127.0.0.1:${port}/mcp`, close });
}

function boardServer(running: Pick<RunningAppService, 'calls' | 'app'>): Server {
  const server = new Server({ name: 'board', version: '1.0.0' }, { capabilities: { tools: {}, resources: {} } });
  server.setRequestHandler('tools/list', () => ({ tools: TOOLS }));
  server.setRequestHandler('tools/call', ({ params: { name, arguments: args = {} } }) => {
    running.calls.push({ tool: name, arguments: args });
    return {
      content: [{ type: 'text', text: `${name} done` }],
      _meta: { ui: { resourceUri: APP_URI }, 'example.com/kept': 2 },
    };
  });
  server.setRequestHandler('resources/list', () => ({
    resources: [
      { uri: APP_URI, name: 'board' },
      { uri: 'note://rules', name: 'rules' },
    ],
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ uriTemplate: 'ui://board/{theme}.html', name: 'themed' }],
  }));
  server.setRequestHandler('resources/read', ({ params: { uri } }) => {
    if (!uri.startsWith('ui:')) return { contents: [{ uri, mimeType: 'text/plain', text: 'white begins' }] };
    if (!uri.startsWith('ui://board/')) throw Object.assign(new Error(`Unknown: ${uri}`), { code: -32602 });
    const { html, ui = {}, mimeType = 'text/html;profile=mcp-app' } = running.app;
    return { contents: [{ uri, mimeType, text: html, _meta: { ui } }] };
  });
  return server;
}
