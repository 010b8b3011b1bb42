import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { NodeStreamableHTTPServerTransport } from '@modelcontextprotocol/node';
import { Server } from '@modelcontextprotocol/server';
import { ChangingLists } from './changing-lists.ts';
import { CORE_TASKS, CORE_TASK_TOOLS, serveCoreTasks, startCoreTask } from './core-tasks.ts';
import { EventLog } from './event-log.ts';
import { PLAIN_TOOLS } from './plain-tools.ts';
import { PLAIN_PROMPTS, servePrompts } from './prompts.ts';
import { PUSH_TOOLS } from './push-tools.ts';
import { ASK_TWINS, PROMPT_TWINS } from './push-twins.ts';
import { serveResources } from './resources.ts';
import { serveTools } from './serve-tools.ts';
import { TaskStore } from './task-store.ts';
import { GREET } from './task-tools.ts';

const RETRY_MS = 100;

interface Session {
  server: Server;
  transport: NodeStreamableHTTPServerTransport;
}

/** The fixture of the legacy era: revisions up to 2025-11-25, with sessions, a GET stream and streams that can be resumed. */
export class LegacyFixture {
  private readonly sessions = new Map<string, Session>();
  private readonly tasks = new TaskStore();
  private readonly lists = new ChangingLists(
    { ...PLAIN_TOOLS, ...PUSH_TOOLS, ...ASK_TWINS, ...CORE_TASK_TOOLS, greet: GREET },
    { ...PLAIN_PROMPTS, ...PROMPT_TWINS },
  );

  constructor() {
    this.lists.tell.tools = () => this.tellAll((server) => server.sendToolListChanged());
    this.lists.tell.prompts = () => this.tellAll((server) => server.sendPromptListChanged());
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = request.headers['mcp-session-id'];
    if (id === undefined) return this.openSession(request, response);
    const session = this.sessions.get(String(id));
    if (session) return session.transport.handleRequest(request, response);
    response.writeHead(404, { 'content-type': 'application/json' });
    response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}');
  }

  async close(): Promise<void> {
    this.tasks.cancelAll();
    await Promise.all([...this.sessions.values()].map(({ transport }) => transport.close()));
  }

  private async openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const server = createServer(this.lists, this.tasks);
    const transport = new NodeStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void this.sessions.set(id, { server, transport }),
      onsessionclosed: (id) => void this.sessions.delete(id),
      eventStore: new EventLog(),
      retryInterval: RETRY_MS,
    });
    await server.connect(transport);
    await transport.handleRequest(request, response);
  }

  private tellAll(tell: (server: Server) => Promise<void>): void {
    // A session without a GET stream cannot hear it, and need not.
    for (const { server } of this.sessions.values()) tell(server).catch(() => undefined);
  }
}

function createServer(lists: ChangingLists, tasks: TaskStore): Server {
  const server = new Server(
    { name: 'conformance-fixture-legacy', version: '1.0.0' },
    {
      capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        logging: {},
        completions: {},
        tasks: CORE_TASKS,
      },
    },
  );
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
  serveTools(server, lists, (name, args) => startCoreTask(name, args, tasks));
  serveCoreTasks(server, tasks);
  serveResources(server);
  servePrompts(server, () => lists.prompts);
  return server;
}
