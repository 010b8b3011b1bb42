import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { Server, type JSONRPCMessage } from '@modelcontextprotocol/server';
import { waitFor } from '@gatehouse/testing';
import { RequestContext, contextOf } from '../../platform/index.js';
import { eventsOf, type SseEvent } from '../spec/sse-events.js';
import { ReplayBudget } from './replay-budget.js';
import { SessionTransport } from './session-transport.js';
import { StreamShelf } from './stream-shelf.js';

const NO_AUTH = { token: '', clientId: '', scopes: [] };
const HELLO = { capabilities: {}, clientInfo: { name: 'spec', version: '1' } };
const GRACE_MS = 400;

/** One session behind one HTTP server, with a tool that answers when the spec says so. */
class Stage {
  finish: (text: string) => void = () => undefined;
  /** Tells the client something in the middle of the call. */
  report: (progress: number) => Promise<void> = () => Promise.resolve();
  cancelled = 0;
  readonly gone: AbortSignal[] = [];
  private readonly http: HttpServer;
  readonly server = new Server({ name: 'spec', version: '1' }, { capabilities: { tools: { listChanged: true } } });
  readonly transport: SessionTransport;
  private id = 0;

  constructor(streamAfterMs: number) {
    const budget = new ReplayBudget({ events: 100, bytes: 100_000 });
    this.transport = new SessionTransport('spec', new StreamShelf(budget, { graceMs: GRACE_MS, streamAfterMs }));
    this.server.setRequestHandler('tools/call', (_request, { mcpReq }) => {
      this.report = (progress) =>
        mcpReq.notify({ method: 'notifications/progress', params: { progressToken: 1, progress } });
      mcpReq.signal.addEventListener('abort', () => (this.cancelled += 1));
      return new Promise((resolve) => {
        this.finish = (text) => resolve({ content: [{ type: 'text', text }] });
      });
    });
    this.http = createServer((request, response) => {
      void RequestContext.run(contextOf(request, null), () => this.serve(request, response));
    });
  }

  async open(protocolVersion: string): Promise<this> {
    await this.server.connect(this.transport);
    this.http.listen(0, '127.0.0.1');
    await once(this.http, 'listening');
    await (await this.post('initialize', { ...HELLO, protocolVersion })).text();
    return this;
  }

  async close(): Promise<void> {
    await this.server.close();
    this.http.closeAllConnections();
    this.http.close();
  }

  post(method: string, params: object, init: RequestInit = {}): Promise<Response> {
    this.id += 1;
    return this.send({ jsonrpc: '2.0', id: this.id, method, params }, init);
  }

  send(message: object, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url, { method: 'POST', body: JSON.stringify(message), ...init });
  }

  call(init?: RequestInit): Promise<Response> {
    return this.post('tools/call', { name: 'wait', arguments: {} }, init);
  }

  get(lastEventId?: string): Promise<Response> {
    return fetch(this.url, { headers: lastEventId === undefined ? {} : { 'last-event-id': lastEventId } });
  }

  private get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}/`;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET') return this.listen(request.headers['last-event-id'], response);
    this.transport.deliver({
      messages: [(await json(request)) as JSONRPCMessage],
      isBatch: false,
      mayStream: true,
      response,
      authInfo: (gone) => {
        this.gone.push(gone);
        return NO_AUTH;
      },
    });
  }

  private listen(lastEventId: string | string[] | undefined, response: ServerResponse): void {
    if (lastEventId === undefined) return this.transport.listen(response, () => undefined);
    if (this.transport.resume(String(lastEventId), response) !== 'resumed') response.writeHead(400).end();
  }
}

const next = async (events: AsyncGenerator<SseEvent>): Promise<SseEvent> => (await events.next()).value as SseEvent;
const remaining = async (events: AsyncGenerator<SseEvent>): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const { data } of events) if (data !== '') all.push(JSON.parse(data));
  return all;
};

describe('a call of a session', () => {
  let stage: Stage;
  const started = async (protocolVersion = '2025-11-25', streamAfterMs = 1): Promise<Stage> => {
    stage = await new Stage(streamAfterMs).open(protocolVersion);
    return stage;
  };

  afterEach(() => stage.close());

  /** A call whose stream is open, with the events that came so far. */
  const streaming = async () => {
    const connection = new AbortController();
    const response = await stage.call({ signal: connection.signal });
    const events = eventsOf(response);
    const first = await next(events);
    return { events, first, hangUp: () => connection.abort() };
  };

  it('is answered with plain JSON when it is quick', async () => {
    await started('2025-11-25', 60_000);
    const pending = stage.call();
    await waitFor('the call', () => stage.gone.length === 2);
    await new Promise((resolve) => setImmediate(resolve));
    stage.finish('quick');
    const response = await pending;
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ result: { content: [{ text: 'quick' }] } });
  });

  it('begins a stream with an id and a time to come back, before there is anything to say', async () => {
    await started();
    const { first, events } = await streaming();
    expect(first).toEqual({ id: expect.stringMatching(/^a[\w-]{16}\.0$/), retry: '1000', data: '' });
    stage.finish('slow');
    expect(await next(events)).toMatchObject({ id: expect.stringMatching(/\.1$/), event: 'message' });
  });

  it('goes on when its connection breaks, and the client that comes back hears exactly what it missed', async () => {
    await started();
    const { events, hangUp } = await streaming();
    await stage.report(1);
    const heard = await next(events);
    hangUp();
    await events.return().catch(() => undefined);
    await stage.report(2);
    stage.finish('after all');
    const resumed = await stage.get(heard.id);
    expect(await remaining(eventsOf(resumed))).toEqual([
      expect.objectContaining({ params: { progressToken: 1, progress: 2 } }),
      expect.objectContaining({ result: { content: [{ type: 'text', text: 'after all' }] } }),
    ]);
    expect(stage.gone.at(-1)?.aborted).toBe(false);
  });

  it('can be asked for again as long as it waits, also when all was said', async () => {
    await started();
    const { first, events } = await streaming();
    stage.finish('lost on the way');
    await remaining(events);
    for (let times = 0; times < 2; times += 1) {
      const again = await stage.get(first.id);
      expect(await remaining(eventsOf(again))).toEqual([
        expect.objectContaining({ result: { content: [{ type: 'text', text: 'lost on the way' }] } }),
      ]);
    }
  });

  it('ends when nobody comes back', async () => {
    await started();
    const { first, hangUp } = await streaming();
    hangUp();
    await waitFor('the end of patience', () => stage.gone.at(-1)?.aborted);
    expect((await stage.get(first.id)).status).toBe(400);
    expect(stage.transport.isInUse).toBe(false);
  });

  it.each(['2024-11-05', '2025-03-26', '2025-06-18'])(
    'ends at once in %s, whose clients do not come back',
    async (version) => {
      await started(version);
      const connection = new AbortController();
      const pending = stage.call({ signal: connection.signal });
      await waitFor('the call', () => stage.gone.length === 2);
      await stage.report(1);
      const first = await next(eventsOf(await pending));
      expect(first.id).toBeUndefined();
      connection.abort();
      await waitFor('the end', () => stage.gone.at(-1)?.aborted);
    },
  );

  it('ends when its client cancels it, whether or not it listens', async () => {
    await started();
    const { events } = await streaming();
    await stage.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 2 } });
    await waitFor('the cancellation', () => stage.cancelled === 1);
    expect(await remaining(events)).toEqual([
      expect.objectContaining({ id: 2, error: expect.objectContaining({ code: 499 }) }),
    ]);
    expect(stage.transport.isInUse).toBe(false);
  });

  it('is not found by ids of another session, or made up ones', async () => {
    await started();
    const other = await new Stage(1).open('2025-11-25');
    const { first } = await streaming();
    const theirs = eventsOf(await other.call());
    const { id = '' } = await next(theirs);
    for (const foreign of [id, `${first.id}9`, 'a0000000000000000.0', '1']) {
      expect((await stage.get(foreign)).status).toBe(400);
    }
    await other.close();
  });
});

describe('what belongs to no request', () => {
  it('is told again to whoever comes back', async () => {
    const stage = await new Stage(1).open('2025-11-25');
    const news = eventsOf(await stage.get());
    const first = await next(news);
    expect(first.id).toMatch(/^n/);
    await stage.server.sendToolListChanged();
    await next(news);
    const again = eventsOf(await stage.get(first.id));
    expect(JSON.parse((await next(again)).data)).toMatchObject({ method: 'notifications/tools/list_changed' });
    await stage.close();
  });
});
