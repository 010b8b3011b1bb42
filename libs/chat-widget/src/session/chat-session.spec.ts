/** @jest-environment node */
import { answerText, type AssistantMessage } from '../conversation/conversation.js';
import { aService, DONE, says, TestingGateway } from '../testing/testing-gateway.js';
import { ChatSession, type SessionEvent } from './chat-session.js';
import { TokenKeeper } from './embed-token.js';
import { gatewayAt } from './gateway.js';

const realFetch = globalThis.fetch;
let server: TestingGateway;
let events: SessionEvent[];

beforeEach(() => {
  server = new TestingGateway();
  events = [];
  globalThis.fetch = server.fetch;
});
afterEach(() => {
  globalThis.fetch = realFetch;
});

function aSession(getToken: () => Promise<string> = () => Promise.resolve('ghe_1')): ChatSession {
  const tokens = new TokenKeeper(() => getToken);
  const gateway = gatewayAt('https://gateway.example', tokens, () => 'en');
  return new ChatSession(
    gateway,
    tokens,
    () => undefined,
    (event) => events.push(event),
    () => 0,
  );
}

async function connected(): Promise<ChatSession> {
  const session = aSession();
  await session.connect();
  return session;
}

const answerOf = (session: ChatSession): AssistantMessage => {
  const last = session.view.conversation.messages.at(-1);
  if (last?.role !== 'assistant') throw new Error('no answer');
  return last;
};

describe('connecting', () => {
  it('reads what this person may use, and takes the default model', async () => {
    const { view } = await connected();
    expect(view).toMatchObject({ phase: 'ready', modelId: 'p/m' });
    expect(view.services.map(({ id }) => id)).toEqual(['weather', 'mail']);
  });

  it('reads every page', async () => {
    server.services = Array.from({ length: 3 }, (_, index) => aService(`s${index}`, '', ''));
    const pages = server.services.map((service, index) => ({
      items: [service],
      nextCursor: index < 2 ? `${index}` : null,
    }));
    globalThis.fetch = (input, init) => {
      const isServices = (input as string).includes('/api/mcp/services');
      return isServices
        ? Promise.resolve({ ok: true, status: 200, json: () => Promise.resolve(pages.shift()) } as Response)
        : server.fetch(input, init);
    };
    expect((await connected()).view.services).toHaveLength(3);
  });

  it('asks to sign in when the host has no token, and tells the host', async () => {
    const session = aSession(() => Promise.reject(new Error('401')));
    await session.connect();
    expect(session.view.phase).toBe('sign-in');
    expect(events).toEqual([{ type: 'auth-needed', detail: { message: 'getToken() failed' } }]);
  });

  it('asks to sign in when the server refuses two tokens', async () => {
    server.refuse = () => ({ status: 401, code: 'embed_token_invalid' });
    expect((await connected()).view.phase).toBe('sign-in');
  });

  it('says what failed otherwise, and can try again', async () => {
    server.refuse = () => ({ status: 500, code: 'internal' });
    const session = await connected();
    expect(session.view).toMatchObject({ phase: 'failed', failure: { code: 'internal', requestId: 'r1' } });
    server.refuse = () => undefined;
    await session.connect();
    expect(session.view).toMatchObject({ phase: 'ready', failure: undefined });
  });
});

describe('choosing services', () => {
  it('takes ids and slugs, each once, and passes over what is not shared', async () => {
    const session = await connected();
    session.choose(['mail-slug', 'weather', 'mail', 'secret']);
    expect(session.view.chosen).toEqual(['mail', 'weather']);
    session.toggle('mail');
    expect(session.view.chosen).toEqual(['weather']);
  });

  it('remembers a choice made before connecting', async () => {
    const session = aSession();
    session.choose(['weather']);
    await session.connect();
    expect(session.view.chosen).toEqual(['weather']);
  });
});

describe('a question', () => {
  it('opens a conversation, sends services and model, and shows the answer', async () => {
    server.turn = says('Sunny.');
    const session = await connected();
    session.choose(['weather']);
    await session.send('Weather?');
    expect(answerText(answerOf(session))).toBe('Sunny.');
    expect(session.view.conversation.status).toBe('idle');
    expect(server.turns).toEqual([{ text: 'Weather?', serviceIds: ['weather'], modelId: 'p/m' }]);
    await session.send('Again?');
    expect(
      server.sent.filter(({ method, path }) => method === 'POST' && path === '/api/chat/conversations'),
    ).toHaveLength(1);
  });

  it('tells the host that messages came and went, and nothing of what they say', async () => {
    server.turn = says('Secret answer');
    await (await connected()).send('Secret question');
    expect(events.map(({ type, detail }) => [type, 'role' in detail ? detail.role : ''])).toEqual([
      ['message', 'user'],
      ['message', 'assistant'],
    ]);
    expect(JSON.stringify(events)).not.toContain('Secret');
  });

  it('is refused while another is being answered', async () => {
    server.turn = says('One.');
    const session = await connected();
    await Promise.all([session.send('First'), session.send('Second')]);
    expect(server.turns).toHaveLength(1);
  });

  it('ends as failed when the stream breaks off without its end mark', async () => {
    server.turn = says('Half').slice(0, 3);
    const session = await connected();
    await session.send('Hi');
    expect(answerOf(session)).toMatchObject({ outcome: 'failed', failure: { code: 'network' } });
  });

  it('passes over lines that it cannot read', async () => {
    server.turn = ['data: {broken\n\n', ': ping\n\n', ...says('Fine.')];
    const session = await connected();
    await session.send('Hi');
    expect(answerText(answerOf(session))).toBe('Fine.');
  });

  it('shows a refusal in its answer', async () => {
    const session = await connected();
    server.refuse = (path) => (path.endsWith('/messages') ? { status: 409, code: 'conversation_busy' } : undefined);
    await session.send('Hi');
    expect(answerOf(session)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'conversation_busy', remedy: 'Ask.' },
    });
    expect(events).toContainEqual({ type: 'error', detail: { code: 'conversation_busy', requestId: 'r1' } });
  });

  it('leads to signing in when the token has ended for good', async () => {
    const session = await connected();
    server.refuse = () => ({ status: 401, code: 'embed_token_invalid' });
    await session.send('Hi');
    expect(session.view.phase).toBe('sign-in');
    expect(answerOf(session).failure?.act).toBe('sign-in');
  });

  it('opens a new conversation when the old one is gone', async () => {
    const session = await connected();
    server.refuse = (path) => (path.endsWith('/messages') ? { status: 404, code: 'not_found' } : undefined);
    await session.send('Hi');
    server.refuse = () => undefined;
    server.turn = says('Here.');
    await session.retry();
    expect(answerText(answerOf(session))).toBe('Here.');
    expect(
      server.sent.filter(({ method, path }) => method === 'POST' && path === '/api/chat/conversations'),
    ).toHaveLength(2);
  });

  it('can be asked again', async () => {
    server.turn = says('One.');
    const session = await connected();
    await session.send('Hi');
    server.turn = says('Two.');
    await session.retry();
    expect(session.view.conversation.messages).toHaveLength(4);
    expect(answerText(answerOf(session))).toBe('Two.');
  });
});

describe('stopping', () => {
  it('ends the answer here at once and tells the server', async () => {
    const session = await connected();
    server.turn = says('Never read');
    const sent = session.send('Hi');
    session.stop();
    expect(answerOf(session).outcome).toBe('stopped');
    await sent;
    expect(answerOf(session).outcome).toBe('stopped');
    expect(session.isBusy).toBe(false);
  });
});

describe('a tool called by hand', () => {
  it('goes without the model, and its states are told without arguments', async () => {
    const session = await connected();
    const [tool] = session.view.tools;
    if (!tool) throw new Error('no tool');
    server.turn = [
      { type: 'tool-input-available', toolCallId: 't', toolName: 'forecast', input: { city: 'Bern' }, dynamic: true },
      { type: 'tool-output-available', toolCallId: 't', output: { content: [] } },
      DONE,
    ];
    await session.call(tool, { city: 'Bern' }, 'Forecast');
    expect(server.turns).toEqual([
      { direct: { serviceId: 'weather', tool: 'forecast', arguments: { city: 'Bern' } }, serviceIds: [] },
    ]);
    const told = events.filter(({ type }) => type === 'toolcall');
    expect(told.map(({ detail }) => 'state' in detail && detail.state)).toEqual(['queued', 'succeeded']);
    expect(JSON.stringify(told)).not.toContain('Bern');
  });
});

describe('former conversations', () => {
  it('are listed, opened with their services, and deleted', async () => {
    const session = await connected();
    await session.loadHistory();
    const [former] = session.view.history ?? [];
    if (!former) throw new Error('no history');
    await session.openConversation(former);
    expect(session.view).toMatchObject({ conversationId: 'c1', chosen: ['mail'] });
    expect(session.view.conversation.messages).toMatchObject([{ role: 'user', text: 'Old' }]);
    await session.deleteConversation('c1');
    expect(session.view).toMatchObject({ history: [], conversationId: undefined });
    expect(session.view.conversation.messages).toEqual([]);
  });

  it('leave the present one unharmed when they cannot be read', async () => {
    server.turn = says('Sunny.');
    const session = await connected();
    await session.send('Hi');
    server.refuse = () => ({ status: 500, code: 'internal' });
    await session.loadHistory();
    expect(session.view.historyFailure?.code).toBe('internal');
    expect(answerText(answerOf(session))).toBe('Sunny.');
  });
});
