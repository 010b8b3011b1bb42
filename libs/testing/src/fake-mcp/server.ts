import { Server, type ServerContext, type Tool } from '@modelcontextprotocol/server';
import { callAskingTool, listAskingTools } from './asking-tools.ts';
import type { FakeMcpOptions, FakeMcpState } from './options.ts';
import { PROTOCOL_TOOLS, callProtocolTool } from './protocol-tools.ts';
import { callFakeTool, listFakeTools } from './tools.ts';
import { serveWatching } from './watching.ts';

const RESOURCES = [
  { uri: 'fake://text', name: 'text', title: 'A text', mimeType: 'text/plain' },
  { uri: 'fake://binary', name: 'binary', mimeType: 'application/octet-stream', size: 4 },
];
const TEMPLATES = [{ uriTemplate: 'fake://greeting/{name}', name: 'greeting', mimeType: 'text/plain' }];
const PROMPTS = [
  { name: 'hello', title: 'Hello', description: 'Greets somebody.', arguments: [{ name: 'name', required: true }] },
  { name: 'plain', description: 'Takes nothing.' },
];
const NAMES = ['Ada', 'Alan', 'Barbara', 'Grace'];

/** One protocol server of the fake, for one connection or one request, answering from the shared `state`. */
export function createFakeServer(
  options: FakeMcpOptions,
  state: FakeMcpState,
  headers: Record<string, string> = {},
  era: 'modern' | 'legacy' = 'legacy',
): Server {
  const capabilities = {
    tools: { listChanged: true },
    resources: { subscribe: !options.unwatchable },
    prompts: {},
    completions: {},
    ...((options.talks || options.protocol) && { logging: {} }),
  };
  const info = { name: options.name ?? 'fake', version: '1.0.0', title: 'Fake service' };
  const server = new Server(info, { capabilities, instructions: 'A service for tests.' });
  serveTools(server, options, state, { headers, era });
  serveResources(server, options, state);
  servePrompts(server, state);
  const stopWatching = options.unwatchable ? undefined : serveWatching(server, state, era);
  const unsubscribe = state.onToolsChanged(() => void server.sendToolListChanged().catch(() => undefined));
  server.onclose = () => {
    unsubscribe();
    stopWatching?.();
  };
  return server;
}

function serveTools(
  server: Server,
  options: FakeMcpOptions,
  state: FakeMcpState,
  { headers, era }: { headers: Record<string, string>; era: 'modern' | 'legacy' },
): void {
  server.setRequestHandler('tools/list', (request) => {
    state.count('tools/list');
    const tools = [
      ...listFakeTools(state, options.extraTools ?? 0),
      ...(options.talks ? listAskingTools() : []),
      ...(options.protocol ? PROTOCOL_TOOLS : []),
    ];
    if (options.protocol) return pageOf(tools, request.params?.cursor);
    if (options.fault !== 'endless-pages') return { tools, ...options.hints };
    const page = Number(request.params?.cursor ?? 0);
    return {
      tools: tools.slice(0, 1).map((tool) => ({ ...tool, name: `page-${page}` })),
      nextCursor: String(page + 1),
    };
  });
  server.setRequestHandler('tools/call', (request, context) => {
    state.count('tools/call');
    const { name, arguments: args = {} } = request.params;
    const talk = { args, context, server, state, modern: era === 'modern' };
    const asked = options.talks ? callAskingTool(name, talk) : undefined;
    if (asked) return asked;
    const special = options.protocol ? callProtocolTool(name, args, context) : undefined;
    return special ?? callFakeTool(name, args, context, state, { ...headers, ...headersOf(context) });
  });
}

const PAGE = 5;

function pageOf(tools: Tool[], cursor = '0'): { tools: Tool[]; nextCursor?: string } {
  const next = Number(cursor) + PAGE;
  return { tools: tools.slice(Number(cursor), next), ...(next < tools.length && { nextCursor: String(next) }) };
}

const headersOf = (context: ServerContext): Record<string, string> =>
  Object.fromEntries(context.http?.req?.headers ?? []);

function serveResources(server: Server, { hints }: FakeMcpOptions, state: FakeMcpState): void {
  server.setRequestHandler('resources/list', () => ({ resources: RESOURCES }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: TEMPLATES }));
  server.setRequestHandler('resources/read', (request) => {
    state.count('resources/read');
    const { uri } = request.params;
    const greeted = /^fake:\/\/greeting\/(.+)$/.exec(uri)?.[1];
    if (greeted)
      return { contents: [{ uri, mimeType: 'text/plain', text: `Hello, ${decodeURIComponent(greeted)}!` }], ...hints };
    if (uri === 'fake://text') return { contents: [{ uri, mimeType: 'text/plain', text: 'some text' }], ...hints };
    if (uri === 'fake://binary') return { contents: [{ uri, mimeType: 'application/octet-stream', blob: 'AAECAw==' }] };
    throw Object.assign(new Error(`Resource not found: ${uri}`), { code: -32602 });
  });
}

function servePrompts(server: Server, state: FakeMcpState): void {
  server.setRequestHandler('prompts/list', () => ({ prompts: PROMPTS }));
  server.setRequestHandler('prompts/get', (request) => {
    state.count('prompts/get');
    const { name, arguments: args } = request.params;
    if (!PROMPTS.some((prompt) => prompt.name === name))
      throw Object.assign(new Error(`Unknown prompt: ${name}`), { code: -32602 });
    const text = name === 'hello' ? `Say hello to ${args?.name}.` : 'Say something.';
    return {
      description: `Prompt ${name}`,
      messages: [{ role: 'user' as const, content: { type: 'text' as const, text } }],
    };
  });
  server.setRequestHandler('completion/complete', (request) => {
    const typed = request.params.argument.value.toLowerCase();
    return { completion: { values: NAMES.filter((name) => name.toLowerCase().startsWith(typed)), hasMore: false } };
  });
}
