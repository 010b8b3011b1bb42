import { randomBytes } from 'node:crypto';
import { Server, createMcpHandler } from '@modelcontextprotocol/server';
import type { Authenticator, Principal } from '../../../auth/index.js';
import { InputRequired, InputUnavailable, LinkRequired, type Question } from '../../../clients/index.js';
import { AppError, Clock, InProcessEventBus, SecretBox } from '../../../platform/index.js';
import type { ForeignObject } from '../../../services/index.js';
import type { CallOrigin, CallPath } from '../../../tools/index.js';
import type { CallContext } from '../../call-context.js';
import { authInfoOf, type McpCaller } from '../../caller.js';
import { ADDRESSES_OF_MANY } from '../../catalogue/addresses.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { ListWatch } from '../../list-watch.js';
import { answering } from '../../surface/method-handler.js';
import { ModernConversation } from './modern-conversation.js';
import { ParkedCalls } from './parked-calls.js';
import { RequestStates } from './request-states.js';
import { UsedStatesInMemory } from './used-states.js';

const VERSION = '2026-07-28';

type Run = (origin: CallOrigin, args: Record<string, unknown>) => Promise<ForeignObject>;

interface Reply {
  status: number;
  result?: ForeignObject & { inputRequests?: Record<string, Question>; requestState?: string };
  error?: { code: number; message: string; data?: ForeignObject };
  /** What was said on the stream before. */
  heard: { method: string; params: ForeignObject }[];
}

interface Sent {
  arguments?: Record<string, unknown>;
  tool?: string;
  inputResponses?: unknown;
  requestState?: string;
  /** Capabilities of the client; default: it can be asked for everything. */
  capabilities?: ForeignObject;
  meta?: ForeignObject;
  signal?: AbortSignal;
}

/** A modern endpoint in front of one service, which is a function; everything between them is real. */
class Bench {
  readonly refusals: string[] = [];
  readonly calls: Record<string, unknown>[] = [];
  /** What the service does when it is called. */
  run: Run = () => Promise.resolve({ content: [] });
  allowed = true;
  private revoked = false;
  private readonly events = new InProcessEventBus();
  private readonly watch = new ListWatch(this.events, {
    authenticate: () =>
      this.revoked ? Promise.reject(new AppError('api_key_invalid')) : Promise.resolve(person('ann')),
  } as unknown as Authenticator);
  readonly conversation = this.newConversation();

  /** Another process with the same keys. */
  newConversation(): ModernConversation {
    const path = {
      refuse: (_intent: unknown, error: AppError) => {
        this.refusals.push(String(error.details['rule']));
        return Promise.resolve(error);
      },
    } as unknown as CallPath;
    const clock = new Clock();
    const states = new RequestStates(box, new UsedStatesInMemory(clock), clock);
    return new ModernConversation(states, new ParkedCalls(this.watch), path);
  }

  revoke(): void {
    this.revoked = true;
    this.events.publish('credential.revoked', { kind: 'api-key', id: 'key-ann' } as never);
  }

  async send(sent: Sent = {}, caller = callerNamed('ann'), conversation = this.conversation): Promise<Reply> {
    const handler = createMcpHandler(() => this.server(conversation), { legacy: 'reject' });
    const name = sent.tool ?? 'ask';
    const body = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name,
        arguments: sent.arguments ?? {},
        ...('inputResponses' in sent && { inputResponses: sent.inputResponses }),
        ...(sent.requestState !== undefined && { requestState: sent.requestState }),
        _meta: {
          'io.modelcontextprotocol/protocolVersion': VERSION,
          'io.modelcontextprotocol/clientCapabilities': sent.capabilities ?? ALL,
          ...sent.meta,
        },
      },
    };
    const headers = {
      'content-type': 'application/json',
      'mcp-protocol-version': VERSION,
      'mcp-method': 'tools/call',
      'mcp-name': name,
    };
    const request = new Request('http://bench/mcp', { method: 'POST', headers, signal: sent.signal ?? null });
    const response = await handler.fetch(request, { authInfo: authInfoOf(caller), parsedBody: body });
    return replyOf(response);
  }

  private server(conversation: ModernConversation): Server {
    const server = new Server({ name: 'bench', version: '1' }, { capabilities: { tools: {}, logging: {} } });
    server.setRequestHandler(
      'tools/call',
      answering((params: { name: string; arguments?: Record<string, unknown> }, context: CallContext) => {
        const args = params.arguments ?? {};
        const subject = {
          method: 'tools/call' as const,
          service: { id: 'svc', name: 'Service' },
          place: { slug: 'svc', addresses: ADDRESSES_OF_MANY },
          name: params.name,
          label: params.name,
          arguments: args,
          isAllowed: () => this.allowed,
        };
        return conversation.hold(context, subject, (origin) => {
          this.calls.push(args);
          return this.run(origin, args);
        }) as Promise<never>;
      }),
    );
    return server;
  }
}

const ALL = { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} };
const box = new SecretBox({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) });

const person = (name: string): Principal =>
  ({
    userId: name,
    groupIds: new Set(),
    permissions: new Set(),
    credential: { kind: 'api-key', id: `key-${name}`, name },
  }) as unknown as Principal;

const NOTHING = { tools: () => [], resources: () => [], templates: () => [], prompts: () => [] };

const callerNamed = (name: string, endpoint = 'all'): McpCaller => ({
  principal: person(name),
  carried: {},
  catalogue: { ...NOTHING, key: endpoint } as unknown as Catalogue,
  gone: new AbortController().signal,
});

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  const messages = response.headers.get('content-type')?.startsWith('text/event-stream')
    ? [...text.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? '') as Reply['heard'][number])
    : [JSON.parse(text) as Reply['heard'][number]];
  return { status: response.status, ...(messages.at(-1) as object), heard: messages.slice(0, -1) };
}

const text = (value: string): ForeignObject => ({ content: [{ type: 'text', text: value }] });
const form = (message: string): Question => ({
  method: 'elicitation/create',
  params: { message, requestedSchema: { type: 'object', properties: {} } },
});
const accept = (content: ForeignObject): ForeignObject => ({ action: 'accept', content });
const ask = (origin: CallOrigin, question: Question, signal = new AbortController().signal): Promise<ForeignObject> => {
  if (!origin.counterpart) throw new Error('The call has no counterpart.');
  return origin.counterpart.ask(question, signal);
};
const said = (reply: Reply): unknown => (reply.result?.['content'] as { text: string }[] | undefined)?.[0]?.text;
const keysOf = (reply: Reply): string[] => Object.keys(reply.result?.inputRequests ?? {});
const stateOf = (reply: Reply): string => {
  if (!reply.result?.requestState) throw new Error(`No requestState in ${JSON.stringify(reply)}`);
  return reply.result.requestState;
};

describe('a legacy service that asks a modern client', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
    bench.run = async (origin) => text(JSON.stringify(await ask(origin, form('Who?'))));
  });

  afterEach(() => bench.conversation.close());

  it('gets its answer in the same call', async () => {
    const away = await bench.send();
    expect(away.result).toMatchObject({ resultType: 'input_required', inputRequests: { 'question-1': form('Who?') } });
    const back = await bench.send({
      requestState: stateOf(away),
      inputResponses: { 'question-1': accept({ name: 'Ann' }) },
    });
    expect(said(back)).toBe(JSON.stringify(accept({ name: 'Ann' })));
    expect(bench.calls).toHaveLength(1);
  });

  it('may ask several things at once, and again', async () => {
    bench.run = async (origin) => {
      const first = await Promise.all([ask(origin, form('a')), ask(origin, form('b'))]);
      return text(JSON.stringify([...first, await ask(origin, form('c'))].map(({ content }) => content)));
    };
    const one = await bench.send();
    expect(keysOf(one)).toEqual(['question-1', 'question-2']);
    const two = await bench.send({
      requestState: stateOf(one),
      inputResponses: { 'question-1': accept({ n: 1 }), 'question-2': accept({ n: 2 }) },
    });
    expect(keysOf(two)).toEqual(['question-3']);
    const three = await bench.send({ requestState: stateOf(two), inputResponses: { 'question-3': accept({ n: 3 }) } });
    expect(said(three)).toBe('[{"n":1},{"n":2},{"n":3}]');
  });

  it('asks again what was not answered, and no more than ten times', async () => {
    let reply = await bench.send();
    for (let round = 1; round < 10; round += 1) {
      reply = await bench.send({ requestState: stateOf(reply), inputResponses: { other: accept({}) } });
      expect(keysOf(reply)).toEqual(['question-1']);
    }
    const last = await bench.send({ requestState: stateOf(reply) });
    expect(last.error).toMatchObject({ code: 408, data: { code: 'question_unanswered' } });
  });

  it('goes on when the client has gone to find the answer: its request is over, the call is not', async () => {
    const cancelled = new AbortController();
    const away = await bench.send({ signal: cancelled.signal });
    cancelled.abort();
    const back = await bench.send({
      requestState: stateOf(away),
      inputResponses: { 'question-1': { action: 'decline' } },
    });
    expect(said(back)).toBe('{"action":"decline"}');
  });

  it('may finish while the client is away', async () => {
    const withdraw = new AbortController();
    bench.run = async (origin) => {
      await ask(origin, form('Quick?'), withdraw.signal).catch(() => undefined);
      return text('went on without you');
    };
    const away = await bench.send();
    withdraw.abort();
    expect(said(await bench.send({ requestState: stateOf(away) }))).toBe('went on without you');
  });

  it('is told to stop when the client that came back goes away', async () => {
    const stopped = new Promise<void>((resolve) => {
      bench.run = async (origin) => {
        origin.signal?.addEventListener('abort', () => resolve());
        await ask(origin, form('Who?'));
        return new Promise(() => undefined);
      };
    });
    const away = await bench.send();
    const cancel = new AbortController();
    const back = bench.send({
      requestState: stateOf(away),
      inputResponses: { 'question-1': accept({}) },
      signal: cancel.signal,
    });
    back.catch(() => undefined);
    await new Promise(setImmediate);
    cancel.abort();
    await stopped;
  });

  it.each<[string, (bench: Bench) => void]>([
    ['the credential does not work any more', (each) => each.revoke()],
    ['the process stops', (each) => each.conversation.close()],
  ])('is told to stop when %s', async (_, end) => {
    const stopped = new Promise<void>((resolve) => {
      bench.run = async (origin) => {
        origin.signal?.addEventListener('abort', () => resolve());
        return text(JSON.stringify(await ask(origin, form('Who?'))));
      };
    });
    const away = await bench.send();
    end(bench);
    await stopped;
    const late = await bench.send({ requestState: stateOf(away), inputResponses: { 'question-1': accept({}) } });
    expect(late.error).toMatchObject({ code: 410, data: { code: 'parked_call_lost' } });
  });

  it('cannot be resumed in another process, and the client is told that the call had begun', async () => {
    const away = await bench.send();
    const elsewhere = bench.newConversation();
    const back = await bench.send({ requestState: stateOf(away) }, callerNamed('ann'), elsewhere);
    expect(back.error).toMatchObject({ code: 410, message: expect.stringContaining('It had begun') });
    expect(bench.calls).toHaveLength(1);
  });

  it('does not go on for somebody who may not use it any more', async () => {
    const away = await bench.send();
    bench.allowed = false;
    const back = await bench.send({ requestState: stateOf(away), inputResponses: { 'question-1': accept({}) } });
    expect(back.error).toMatchObject({ code: -32602, data: { code: 'request_state_invalid' } });
    expect(bench.refusals).toEqual(['requestState · access']);
  });

  it('cannot keep more than twenty calls of one person waiting', async () => {
    for (let each = 1; each <= 20; each += 1) expect(keysOf(await bench.send())).toHaveLength(1);
    expect((await bench.send()).error).toMatchObject({ code: 429, data: { code: 'too_many_calls' } });
    expect(keysOf(await bench.send({}, callerNamed('bob')))).toHaveLength(1);
  });

  it('is heard by the client that came back, on its own stream and at its own level', async () => {
    bench.run = async (origin) => {
      origin.counterpart?.onLog?.({ level: 'warning', data: 'early' });
      await ask(origin, form('Who?'));
      origin.onProgress?.({ progress: 1 });
      origin.counterpart?.onLog?.({ level: 'info', data: 'quiet' });
      origin.counterpart?.onLog?.({ level: 'error', data: 'loud', logger: 'svc' });
      return text('done');
    };
    const away = await bench.send({ meta: { progressToken: 'first', 'io.modelcontextprotocol/logLevel': 'debug' } });
    expect(away.heard.map(({ params }) => params['data'])).toEqual(['early']);
    const meta = { progressToken: 'second', 'io.modelcontextprotocol/logLevel': 'warning' };
    const back = await bench.send({ requestState: stateOf(away), inputResponses: { 'question-1': accept({}) }, meta });
    expect(back.heard.map(({ params }) => params['progressToken'] ?? params['data'])).toEqual(['second', 'loud']);
  });

  it('says nothing to a client that gave no log level', async () => {
    bench.run = (origin) => {
      origin.counterpart?.onLog?.({ level: 'emergency', data: 'loud' });
      return Promise.resolve(text(String(origin.counterpart?.logLevel)));
    };
    const reply = await bench.send();
    expect(reply.heard).toEqual([]);
    expect(said(reply)).toBe('undefined');
  });
});

describe('a modern service that asks a modern client', () => {
  let bench: Bench;

  beforeEach(() => {
    bench = new Bench();
    bench.run = (origin) => {
      if (!origin.continuation) return Promise.reject(new InputRequired({ name: form('Who?') }, 'inner state'));
      return Promise.resolve(text(JSON.stringify(origin.continuation)));
    };
  });

  it('gets its own state back byte for byte, and only the answers to what it asked', async () => {
    const away = await bench.send();
    expect(away.result?.inputRequests).toEqual({ name: form('Who?') });
    expect(stateOf(away)).not.toContain('inner state');
    const inputResponses = { name: accept({ name: 'Ann' }), sneaked: accept({}) };
    const back = await bench.send({ requestState: stateOf(away), inputResponses });
    expect(JSON.parse(String(said(back)))).toEqual({
      inputResponses: { name: accept({ name: 'Ann' }) },
      requestState: 'inner state',
    });
  });

  it('may ask nothing and only want to be called again', async () => {
    bench.run = (origin) =>
      origin.continuation
        ? Promise.resolve(text(String(origin.continuation.requestState)))
        : Promise.reject(new InputRequired({}, 'wait'));
    const away = await bench.send();
    expect(away.result?.inputRequests).toBeUndefined();
    expect(said(await bench.send({ requestState: stateOf(away) }))).toBe('wait');
  });

  it('gets answers that nobody asked for as they are, when it keeps no state', async () => {
    const reply = await bench.send({ inputResponses: { name: accept({}), broken: 12 } });
    expect(said(reply)).toBe(JSON.stringify({ inputResponses: { name: accept({}) } }));
  });

  it('may not fill our states with its own', async () => {
    bench.run = () => Promise.reject(new InputRequired({}, 'x'.repeat(128 * 1024 + 1)));
    expect((await bench.send()).error).toMatchObject({ code: 502, data: { code: 'upstream_protocol' } });
  });

  it('is not asked for a client that did not declare the capability', async () => {
    const reply = await bench.send({ capabilities: { sampling: {} } });
    expect(reply).toMatchObject({
      status: 400,
      error: { code: -32021, data: { requiredCapabilities: { elicitation: {} } } },
    });
  });

  describe.each<[string, string, (away: Reply, each: Bench) => Promise<Reply>]>([
    ['altered', 'altered', (away, each) => each.send({ requestState: `${stateOf(away)}-TAMPERED` })],
    ['of another person', 'userId', (away, each) => each.send({ requestState: stateOf(away) }, callerNamed('bob'))],
    ['for another tool', 'name', (away, each) => each.send({ requestState: stateOf(away), tool: 'other' })],
    [
      'for other arguments',
      'argumentsDigest',
      (away, each) => each.send({ requestState: stateOf(away), arguments: { amount: 2 } }),
    ],
    [
      'at another endpoint',
      'endpoint',
      (away, each) => each.send({ requestState: stateOf(away) }, callerNamed('ann', 's/svc')),
    ],
    [
      'used before',
      'used',
      async (away, each) => {
        await each.send({ requestState: stateOf(away) });
        each.calls.length = 1;
        return each.send({ requestState: stateOf(away) });
      },
    ],
  ])('with a state that is %s', (_, reason, attack) => {
    it('is not called, and the record says why', async () => {
      const reply = await attack(await bench.send(), bench);
      expect(reply.error).toMatchObject({ code: -32602, data: { code: 'request_state_invalid' } });
      expect(reply.error?.message).not.toContain(reason);
      expect(bench.refusals).toEqual([`requestState · ${reason}`]);
      expect(bench.calls).toHaveLength(1);
    });
  });

  it('is not called with a state that is no text', async () => {
    const reply = await bench.send({ requestState: 42 as unknown as string });
    expect(reply.error).toMatchObject({ code: -32602 });
    expect(bench.calls).toEqual([]);
  });
});

describe('what ends a call for want of its client', () => {
  const link = { mode: 'url', elicitationId: 'e1', url: 'https://pay.example/1', message: 'Pay first.' } as const;

  it('names the capabilities that would have helped', async () => {
    const bench = new Bench();
    bench.run = () => Promise.reject(new InputUnavailable('Service', { sampling: {} }));
    expect(await bench.send()).toMatchObject({
      status: 400,
      error: { code: -32021, data: { code: 'input_unavailable', requiredCapabilities: { sampling: {} } } },
    });
  });

  it('lets a person open an address, and calls again', async () => {
    const bench = new Bench();
    bench.run = () =>
      bench.calls.length === 1 ? Promise.reject(new LinkRequired('Service', [link])) : Promise.resolve(text('paid'));
    const away = await bench.send();
    expect(away.result?.inputRequests).toEqual({
      'link-1': { method: 'elicitation/create', params: { mode: 'url', url: link.url, message: link.message } },
    });
    const back = await bench.send({ requestState: stateOf(away), inputResponses: { 'link-1': { action: 'accept' } } });
    expect(said(back)).toBe('paid');
  });

  it('shows the address to a client that cannot be sent to it', async () => {
    const bench = new Bench();
    bench.run = () => Promise.reject(new LinkRequired('Service', [link]));
    const reply = await bench.send({ capabilities: {} });
    expect(reply.error).toMatchObject({ code: 409, message: expect.stringContaining(link.url) });
  });
});
