import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { createParser } from 'eventsource-parser';
import { FAKE_MCP_SERVER_FILE, startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { addPerson, register, startProduct, type Product } from '../support/product.js';

/** A sample; `npm run prove` makes a hundred thousand calls. */
const CALLS = Number(process.env['GATEHOUSE_PROOF_CALLS'] ?? 1_500);

/** A lost answer must not look like a slow machine. */
const PATIENCE_MS = 60_000;

const PEOPLE = ['ann', 'bob'] as const;
const SERVICES = ['modern', 'legacy', 'pipe'] as const;

interface RpcAnswer {
  id: number;
  result?: { content?: { text: string }[] };
  error?: object;
}
/** Sends one JSON-RPC request by one door, as one person. */
type Speak = (message: object) => Promise<RpcAnswer>;

/** The one answer of a response, in one piece or at the end of a stream. */
async function answerIn(response: Response): Promise<RpcAnswer> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return JSON.parse(text) as RpcAnswer;
  const messages: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => data !== '' && messages.push(data) });
  parser.feed(text);
  return JSON.parse(messages.at(-1) ?? '') as RpcAnswer;
}

/** Two people at every endpoint by every door at once, with the same JSON-RPC ids: nobody gets anything of anybody else. */
describe('cross-talk', () => {
  let product: Product;
  let closers: (() => void | Promise<void>)[] = [];
  const keys = new Map<string, string>();

  beforeAll(async () => {
    product = await startProduct({
      env: { GATEHOUSE_MCP_SSE: 'on', GATEHOUSE_MCP_WEBSOCKET: 'on', GATEHOUSE_CALLS_PER_MINUTE: '0' },
    });
    const fakes: RunningFakeMcp[] = [];
    for (const era of ['modern', 'legacy'] as const) {
      const fake = await startFakeMcpServer({ era });
      fakes.push(fake);
      await register(product.owner, { name: era, slug: era, type: 'http', url: fake.url });
    }
    const args = [FAKE_MCP_SERVER_FILE, '--transport', 'stdio', '--era', 'legacy'];
    await register(product.owner, {
      name: 'pipe',
      slug: 'pipe',
      type: 'stdio',
      config: { command: process.execPath, args },
    });
    await product.owner.call('POST', '/api/mcp/services/pipe/reconnect');
    await product.owner.call('POST', '/api/mcp/profiles', {
      slug: 'all',
      items: SERVICES.map((serviceId) => ({ serviceId })),
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
    });
    for (const name of PEOPLE) {
      const { caller } = await addPerson(product, `${name}@example.org`);
      keys.set(name, (await caller.withApiKey({ name: 'laptop' })).secret);
    }
    closers = [() => product.gatehouse.stop(), ...fakes.map((fake) => () => fake.close())];
  });

  afterAll(async () => {
    for (const close of closers) await close();
  });

  const url = (path: string): string => `${product.gatehouse.url}${path}`;
  const bearer = (name: string) => ({ authorization: `Bearer ${keys.get(name)}` });
  const post = (name: string, path: string, message: object, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url(path), {
      method: 'POST',
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...bearer(name),
        ...headers,
      },
      body: JSON.stringify(message),
    });
  const initialize = (protocolVersion: string) => ({
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion, capabilities: {}, clientInfo: { name: 'cross-talk', version: '1' } },
  });
  const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };

  const modern = (name: string, path: string): Promise<Speak> => {
    const speak: Speak = async (message) => {
      const { params, ...rest } = message as { params: { name: string } };
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
      };
      const headers = {
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': params.name,
      };
      return answerIn(await post(name, path, { ...rest, params: { ...params, _meta } }, headers));
    };
    return Promise.resolve(speak);
  };

  const legacy = async (name: string, path: string): Promise<Speak> => {
    const opened = await post(name, path, initialize('2025-11-25'));
    await opened.text();
    const headers = { 'mcp-session-id': opened.headers.get('mcp-session-id') ?? '' };
    await post(name, path, initialized, headers);
    return async (message) => answerIn(await post(name, path, message, headers));
  };

  /** Answers come apart from their requests; who waits is found by the id. */
  class Waiting {
    private readonly byId = new Map<number, (answer: RpcAnswer) => void>();

    readonly take = (json: string): void => {
      const answer = JSON.parse(json) as RpcAnswer;
      this.byId.get(answer.id)?.(answer);
      this.byId.delete(answer.id);
    };

    for(id: number): Promise<RpcAnswer> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no answer to ${id}`)), PATIENCE_MS);
        this.byId.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
      });
    }
  }

  const sse = async (name: string, path: string): Promise<Speak> => {
    const waiting = new Waiting();
    const stop = new AbortController();
    closers.unshift(() => stop.abort());
    const stream = await fetch(url(path), {
      headers: { accept: 'text/event-stream', ...bearer(name) },
      signal: stop.signal,
    });
    const endpoint = await new Promise<string>((resolve) => {
      const parser = createParser({
        onEvent: ({ event, data }) => (event === 'endpoint' ? resolve(data) : waiting.take(data)),
      });
      const read = async (): Promise<void> => {
        const decoder = new TextDecoder();
        for await (const chunk of stream.body ?? []) parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      };
      read().catch(() => undefined);
    });
    const speak = async (message: object): Promise<RpcAnswer> => {
      const answer = waiting.for((message as { id: number }).id);
      await (await post(name, endpoint, message)).text();
      return answer;
    };
    await speak(initialize('2024-11-05'));
    await (await post(name, endpoint, initialized)).text();
    return speak;
  };

  const socket = async (name: string, path: string): Promise<Speak> => {
    const waiting = new Waiting();
    const connection = new WebSocket(url(path).replace('http', 'ws'), 'mcp', { headers: bearer(name) });
    closers.unshift(() => connection.terminate());
    connection.on('message', (data) => waiting.take((data as Buffer).toString()));
    await new Promise((resolve, reject) => connection.once('open', resolve).once('error', reject));
    const speak = (message: object): Promise<RpcAnswer> => {
      const answer = waiting.for((message as { id: number }).id);
      connection.send(JSON.stringify(message));
      return answer;
    };
    await speak(initialize('2025-11-25'));
    connection.send(JSON.stringify(initialized));
    return speak;
  };

  /** Every door, at every endpoint that it has, with the name of the tool there. */
  const LANES: [string, (name: string, path: string) => Promise<Speak>, string, string][] = [
    ...SERVICES.flatMap((slug): (typeof LANES)[number][] => [
      ['modern', modern, '/mcp', `${slug}__echo`],
      ['modern', modern, `/mcp/s/${slug}`, 'echo'],
      ['modern', modern, '/mcp/p/all', `${slug}__echo`],
      ['legacy', legacy, '/mcp', `${slug}__echo`],
      ['legacy', legacy, `/mcp/s/${slug}`, 'echo'],
      ['legacy', legacy, '/mcp/p/all', `${slug}__echo`],
      ['sse', sse, '/sse', `${slug}__echo`],
      ['websocket', socket, '/mcp/ws', `${slug}__echo`],
    ]),
  ];

  it(`does not happen in ${CALLS} calls`, async () => {
    const perLane = Math.ceil(CALLS / (LANES.length * PEOPLE.length));
    const wrong: string[] = [];
    let right = 0;
    const run = async (name: string, [door, open, path, tool]: (typeof LANES)[number]): Promise<void> => {
      const speak = await open(name, path);
      for (let id = 1; id <= perLane; id += 1) {
        const text = `${name} ${door} ${path} ${tool} ${randomUUID()}`;
        const call = { jsonrpc: '2.0', id, method: 'tools/call', params: { name: tool, arguments: { text } } };
        const answer: RpcAnswer = await speak(call).catch((error: unknown) => ({ id: -1, error: error as Error }));
        if (answer.id === -1) return void wrong.push(`${text}: ${(answer.error as Error).message}`);
        if (answer.id === id && answer.result?.content?.[0]?.text === text) right += 1;
        else wrong.push(`${text}: ${answer.error instanceof Error ? answer.error.message : JSON.stringify(answer)}`);
      }
    };
    await Promise.all(PEOPLE.flatMap((name) => LANES.map((lane) => run(name, lane))));
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(right).toBe(perLane * LANES.length * PEOPLE.length);
  }, 3_600_000);
});
