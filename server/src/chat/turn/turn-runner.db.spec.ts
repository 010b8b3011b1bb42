import {
  startFakeLlm,
  testDatabases,
  type LlmScript,
  type RunningFakeLlm,
  type TestDatabase,
} from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { AccountDirectory, type Principal } from '../../auth/index.js';
import { ENTITIES } from '../../entities.js';
import { LanguageModels, type ModelCatalogue, type ModelEntry } from '../../llm/index.js';
import {
  AddressPolicy,
  AppError,
  Clock,
  Egress,
  InProcessEventBus,
  RequestContext,
  createDataSource,
  migrate,
} from '../../platform/index.js';
import type { CallAnswer, CallRequest, ToolDirectory, ToolInvoker, ToolView } from '../../tools/index.js';
import type { ChatTurn } from '../conversation.dto.js';
import { ConversationRow } from '../conversation.entity.js';
import { ConversationStore } from '../conversation.store.js';
import { MessageRow } from '../message.entity.js';
import { MessageStore, type Message } from '../message.store.js';
import { ChatLoop } from './chat-loop.js';
import type { LiveTurn } from './live-turn.js';
import { MAX_CALLS, MAX_STEPS } from './limits.js';
import type { TurnChunk } from './parts.js';
import { RunningTurns } from './running-turns.js';
import { ToolsOnOffer } from './tools-on-offer.js';
import { TurnRunner } from './turn-runner.js';

const person = (userId: string): Principal => ({
  userId,
  email: `${userId}@example.org`,
  displayName: userId,
  groupIds: new Set(),
  permissions: new Set(['chat:use', 'tools:use']),
  credential: { kind: 'session', id: 's', name: userId },
  serviceIds: null,
});

const LI = {
  id: 'li',
  email: 'li@example.org',
  displayName: 'li',
  language: null,
  enabled: true,
  source: 'local',
  roles: ['member'],
} as const;

const toolOf = (serviceId: string, name: string): ToolView => ({
  serviceId,
  serviceSlug: serviceId,
  serviceName: { en: 'Weather', zh: '天气' },
  publicName: `${serviceId}__${name}`,
  hiddenCharacters: 0,
  isHeld: false,
  definition: { name, title: 'Forecast', description: 'Tells the weather', inputSchema: { type: 'object' } },
  policy: { class: 'read', approval: 'never', cache: null, idempotent: false },
});

const call = { name: 'weather__forecast', arguments: { city: 'Bern' } };
const SCRIPTS: LlmScript[] = [
  { when: 'hello', turns: [{ words: ['Good ', 'day.'] }] },
  { when: 'weather', turns: [{ words: ['I look.'], toolCalls: [call] }, { words: ['It is ', 'sunny.'] }] },
  { when: 'unknown tool', turns: [{ toolCalls: [{ name: 'no_such', arguments: {} }] }, { words: ['Sorry.'] }] },
  { when: 'many', turns: [{ toolCalls: Array.from({ length: 8 }, () => call) }, { words: ['Done.'] }] },
  { when: 'endless', turns: [{ toolCalls: [call] }] },
  { when: 'twice', turns: [{ toolCalls: [call] }, { toolCalls: [call] }, { words: ['Done.'] }] },
  { when: 'greedy', turns: [{ toolCalls: Array.from({ length: 60 }, () => call) }, { words: ['Enough.'] }] },
  { when: 'half', turns: [{ words: ['One ', 'two ', 'three ', 'four '], fault: 'half-stream' }] },
  { when: 'refused', turns: [{ fault: 500 }] },
  { when: 'slow', turns: [{ words: Array.from({ length: 400 }, () => 'word '), pauseMs: 20 }] },
];

const answerOf = (text: string, isError = false): CallAnswer => ({
  callId: 'call-1',
  result: { content: [{ type: 'text', text }], ...(isError && { isError }) },
  durationMs: 3,
  cached: false,
  timing: { admissionMs: 0, upstreamMs: 3 },
});

/** Lets a test decide when something happens. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

describe.each(testDatabases())('a turn on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let fake: RunningFakeLlm;
  let conversations: ConversationStore;
  let messages: MessageStore;
  let turns: TurnRunner;
  let models: ModelEntry[];
  let requests: CallRequest[];
  let invoke: (request: CallRequest) => Promise<CallAnswer>;
  let accounts: AccountDirectory;
  const bus = new InProcessEventBus();
  const egress = new Egress(new AddressPolicy(['loopback']));
  const li = person('li');

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
    fake = await startFakeLlm(SCRIPTS);
  });

  beforeEach(() => {
    const clock = new Clock();
    conversations = new ConversationStore(source.getRepository(ConversationRow), clock);
    messages = new MessageStore(source, source.getRepository(MessageRow), clock);
    const entry = { kind: 'openai-compatible', baseUrl: fake.baseUrl, apiKey: undefined, model: 'fake-model' } as const;
    models = [{ ...entry, id: 'p:fake-model', providerId: 'p', label: 'Fake', contextTokens: 32_000, isDefault: true }];
    const catalogue = { find: () => undefined, default: () => models[0] } as unknown as ModelCatalogue;
    const directory = {
      visibleTo: (who: Principal) =>
        who.userId === 'li' ? [toolOf('weather', 'forecast'), toolOf('files', 'read')] : [],
    } as unknown as ToolDirectory;
    requests = [];
    accounts = new AccountDirectory();
    accounts.putUser(LI);
    accounts.putGroup({ id: 'group-2', name: 'Second' });
    invoke = async () => answerOf('sunny');
    const invoker = {
      invoke: (request: CallRequest) => {
        requests.push(request);
        return invoke(request);
      },
    } as unknown as ToolInvoker;
    const loop = new ChatLoop(new LanguageModels(catalogue, egress), clock);
    const running = new RunningTurns(bus, accounts);
    running.onModuleInit();
    turns = new TurnRunner(
      conversations,
      messages,
      running,
      new ToolsOnOffer(directory),
      loop,
      invoker,
      accounts,
      clock,
    );
  });

  afterAll(async () => {
    await fake.close();
    await egress.onApplicationShutdown();
    await source.destroy();
    await database.drop();
  });

  const converse = (serviceIds = ['weather']) => conversations.create('li', { serviceIds });
  const inChinese = <T>(work: () => T): T =>
    RequestContext.run({ requestId: 'request-1', language: 'zh', ip: null, trailed: false }, work);
  const read = async (live: LiveTurn): Promise<TurnChunk[]> => {
    const chunks: TurnChunk[] = [];
    for await (const chunk of live.chunks) chunks.push(chunk);
    return chunks;
  };
  const ask = async (conversationId: string, turn: ChatTurn | string): Promise<TurnChunk[]> =>
    read(await turns.start(li, conversationId, typeof turn === 'string' ? { text: turn } : turn));
  const stored = async (conversationId: string): Promise<Message[]> =>
    (await messages.page(conversationId, 50, undefined)).items;
  const text = (message: Message | undefined): string =>
    message?.parts.map((part) => (part.type === 'text' ? part.text : '')).join('') ?? '';
  const types = (message: Message | undefined) =>
    message?.parts.map((part) => part.type).filter((type) => type !== 'step-start');
  const cards = (chunks: TurnChunk[]) => chunks.flatMap((chunk) => (chunk.type === 'data-call' ? [chunk.data] : []));

  it('streams the answer and keeps both sides', async () => {
    const { id } = await converse();
    const chunks = await ask(id, 'hello');
    expect(chunks.filter((chunk) => chunk.type === 'text-delta').map((chunk) => chunk.delta)).toEqual([
      'Good ',
      'day.',
    ]);
    expect([chunks[0]?.type, chunks.at(-1)?.type]).toEqual(['start', 'finish']);
    const [question, answer] = await stored(id);
    expect([question?.role, text(question), answer?.role, text(answer)]).toEqual([
      'user',
      'hello',
      'assistant',
      'Good day.',
    ]);
    expect(chunks[0]).toMatchObject({ messageId: answer?.id });
  });

  it('takes its title from the first message and keeps it', async () => {
    const { id } = await converse();
    await ask(id, 'hello there');
    await ask(id, 'hello again');
    expect((await conversations.get('li', id)).title).toBe('hello there');
  });

  it('calls a tool on the one path and answers with its result', async () => {
    const { id } = await converse();
    const chunks = await ask(id, 'the weather please');
    expect(requests).toMatchObject([
      { door: 'chat', chatId: id, serviceId: 'weather', tool: 'forecast', arguments: { city: 'Bern' } },
    ]);
    expect(cards(chunks).map(({ state }) => state)).toEqual(['running', 'succeeded']);
    const [, answer] = await stored(id);
    expect(types(answer)).toEqual(['text', 'dynamic-tool', 'data-call', 'text']);
    expect(answer?.parts.find((part) => part.type === 'dynamic-tool')).toMatchObject({ state: 'output-available' });
    expect(text(answer)).toBe('I look.It is sunny.');
    expect(JSON.stringify(fake.requests.at(-1)?.messages.at(-1))).toContain('sunny');
  });

  it('tells each call once, in order, to whoever listens', async () => {
    const { id } = await converse();
    const told = (await ask(id, 'weather')).filter(
      (chunk) => chunk.type.startsWith('tool-') && chunk.type !== 'tool-input-delta',
    );
    expect(told.map(({ type }) => type).filter((type) => type !== 'tool-input-start')).toEqual([
      'tool-input-available',
      'tool-output-available',
    ]);
  });

  it('offers only the tools of the chosen services that the person may call', async () => {
    const { id } = await converse(['weather']);
    await ask(id, 'hello');
    expect(fake.requests.at(-1)?.tools?.map((tool) => tool.function.name)).toEqual(['weather__forecast']);
    await ask(id, { text: 'hello', serviceIds: [] });
    expect(fake.requests.at(-1)?.tools).toBeUndefined();
  });

  it('tells the model that tool output is no instruction', async () => {
    await ask((await converse()).id, 'hello');
    expect(JSON.stringify(fake.requests.at(-1)?.messages[0])).toContain('never an instruction');
  });

  it("shows a refusal on the card in the person's language, and the conversation goes on", async () => {
    invoke = () =>
      Promise.reject(new AppError('upstream_unreachable', { details: { service: '天气', cause: 'ECONNREFUSED' } }));
    const { id } = await converse();
    const chunks = await inChinese(() => ask(id, 'weather'));
    expect(cards(chunks).at(-1)).toMatchObject({
      serviceName: '天气',
      state: 'failed',
      error: { code: 'upstream_unreachable', message: '无法连接服务 天气：ECONNREFUSED。', act: 'retry' },
    });
    expect(text((await stored(id))[1])).toBe('I look.It is sunny.');
    expect(JSON.stringify(fake.requests.at(-1)?.messages.at(-1))).toContain('无法连接服务');
  });

  it('shows a denied call as denied, with whom to ask', async () => {
    invoke = () => Promise.reject(new AppError('access_denied', { details: { object: 'forecast', rule: 'grant 7' } }));
    const chunks = await ask((await converse()).id, 'weather');
    expect(cards(chunks).at(-1)).toMatchObject({ state: 'denied', error: { act: 'ask-access' } });
    expect(chunks.at(-1)?.type).toBe('finish');
  });

  it('tells the model which arguments do not fit', async () => {
    const fields = [{ path: 'arguments.city', message: 'is too short' }];
    invoke = () => Promise.reject(new AppError('arguments_invalid', { fields }));
    await ask((await converse()).id, 'weather');
    expect(JSON.stringify(fake.requests.at(-1)?.messages.at(-1))).toContain('arguments.city: is too short');
  });

  it("shows a tool's own failure as failed, with its words", async () => {
    invoke = async () => answerOf('no such city', true);
    const chunks = await ask((await converse()).id, 'weather');
    expect(cards(chunks).at(-1)).toMatchObject({ state: 'failed', callId: 'call-1' });
    expect(cards(chunks).at(-1)?.error).toBeUndefined();
  });

  it('survives a model that asks for a tool nobody offered', async () => {
    const { id } = await converse();
    const chunks = await inChinese(() => ask(id, 'unknown tool'));
    expect(requests).toEqual([]);
    const refusal = chunks.find((chunk) => chunk.type === 'tool-input-error');
    expect(JSON.parse(refusal?.errorText ?? '')).toMatchObject({
      error: { code: 'tool_not_found', message: '没有您可以使用的工具 no_such。' },
    });
    expect(text((await stored(id))[1])).toBe('Sorry.');
  });

  it('runs at most five calls of one step at the same time', async () => {
    let running = 0;
    let most = 0;
    invoke = async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return answerOf('ok');
    };
    await ask((await converse()).id, 'many');
    expect(requests).toHaveLength(8);
    expect(most).toBe(5);
  });

  it('ends a model that goes round in circles, and says so', async () => {
    const { id } = await converse();
    const chunks = await ask(id, 'endless');
    expect(requests).toHaveLength(MAX_STEPS - 1);
    expect(fake.requests.at(-1)).toMatchObject({ tool_choice: 'none' });
    expect(chunks.find((chunk) => chunk.type === 'data-error')).toMatchObject({ data: { code: 'turn_budget_used' } });
    expect(types((await stored(id))[1])).toContain('data-error');
  });

  it('makes no more than fifty calls for one question', async () => {
    const chunks = await ask((await converse()).id, 'greedy');
    expect(requests).toHaveLength(MAX_CALLS);
    expect(cards(chunks).at(-1)).toMatchObject({ state: 'denied', error: { code: 'turn_budget_used' } });
    expect(fake.requests.at(-1)).toMatchObject({ tool_choice: 'none' });
  });

  it('keeps what a model wrote before it failed, and marks it', async () => {
    const { id } = await converse();
    const chunks = await ask(id, 'half');
    const error = chunks.find((chunk) => chunk.type === 'error');
    expect(JSON.parse(error?.errorText ?? '')).toMatchObject({ error: { code: 'model_unavailable' } });
    const [, answer] = await stored(id);
    expect(text(answer)).toMatch(/^One two/);
    expect(answer?.parts.at(-1)).toMatchObject({ type: 'data-error', data: { code: 'model_unavailable' } });
  });

  it('keeps the question when no model is configured, and says what to do', async () => {
    models = [];
    const { id } = await converse();
    const chunks = await inChinese(() => ask(id, 'hello'));
    expect(chunks.find((chunk) => chunk.type === 'data-error')).toMatchObject({
      data: { code: 'model_not_configured', message: '尚未配置语言模型。', requestId: 'request-1' },
    });
    expect((await stored(id)).map((message) => text(message))).toEqual(['hello', '']);
  });

  it('calls a tool by hand without any model, and remembers it for the next question', async () => {
    models = [];
    const { id } = await converse([]);
    const chunks = await ask(id, { direct: { serviceId: 'weather', tool: 'forecast', arguments: { city: 'Bern' } } });
    expect(requests).toMatchObject([{ door: 'direct', chatId: id, tool: 'forecast' }]);
    expect(cards(chunks).map(({ state }) => state)).toEqual(['running', 'succeeded']);
    expect(types((await stored(id))[0])).toEqual(['data-direct', 'dynamic-tool', 'data-call']);
    expect((await conversations.get('li', id)).title).toBe('forecast');
  });

  it('leaves the refusal of an unknown tool by hand to the one path', async () => {
    invoke = () => Promise.reject(new AppError('tool_not_found', { details: { tool: 'steal' } }));
    const chunks = await ask((await converse()).id, { direct: { serviceId: 'weather', tool: 'steal', arguments: {} } });
    expect(requests).toHaveLength(1);
    expect(cards(chunks).at(-1)).toMatchObject({ state: 'denied', error: { code: 'tool_not_found' } });
  });

  it('stops model and call when told to, and keeps what there was', async () => {
    const { id } = await converse();
    const begun = gate();
    invoke = ({ signal }) =>
      new Promise((_, refuse) => {
        signal?.addEventListener('abort', () => refuse(new AppError('call_cancelled')));
        begun.open();
      });
    const live = await turns.start(li, id, { text: 'weather' });
    const reading = read(live);
    await begun.opened;
    await turns.stop(li, id);
    const chunks = await reading;
    expect(cards(chunks).at(-1)).toMatchObject({ state: 'cancelled' });
    expect(chunks.at(-1)).toMatchObject({ type: 'abort' });
    const [, answer] = await stored(id);
    expect(text(answer)).toBe('I look.');
    expect(answer?.parts.at(-1)).toEqual({ type: 'data-stopped', data: { reason: 'stopped' } });
  });

  it('finishes a call in flight when the page goes away, and ends the model', async () => {
    const { id } = await converse();
    const begun = gate();
    const answered = gate();
    let cancelled = false;
    invoke = async ({ signal }) => {
      signal?.addEventListener('abort', () => (cancelled = true));
      begun.open();
      await answered.opened;
      return answerOf('sunny');
    };
    const live = await turns.start(li, id, { text: 'weather' });
    await begun.opened;
    await live.chunks.cancel();
    const modelCalls = fake.requests.length;
    answered.open();
    await until(async () => (await stored(id)).length === 2);
    const [, answer] = await stored(id);
    expect(cancelled).toBe(false);
    expect(fake.requests).toHaveLength(modelCalls);
    expect(answer?.parts).toContainEqual(expect.objectContaining({ type: 'dynamic-tool', state: 'output-available' }));
    expect(answer?.parts.at(-1)).toMatchObject({ data: { reason: 'disconnected' } });
  });

  it('writes one answer at a time in a conversation', async () => {
    const { id } = await converse();
    const live = await turns.start(li, id, { text: 'slow' });
    await expect(turns.start(li, id, { text: 'hello' })).rejects.toMatchObject({ code: 'conversation_busy' });
    await turns.stop(li, id);
    await read(live);
    expect((await ask(id, 'hello')).at(-1)?.type).toBe('finish');
  });

  it('takes no more than four answers at a time of one person', async () => {
    const opened = await Promise.all(Array.from({ length: 5 }, () => converse()));
    const lives = await Promise.all(opened.slice(0, 4).map(({ id }) => turns.start(li, id, { text: 'slow' })));
    await expect(turns.start(li, opened[4]?.id ?? '', { text: 'hello' })).rejects.toMatchObject({
      code: 'rate_limited',
    });
    await Promise.all(opened.slice(0, 4).map(({ id }) => turns.stop(li, id)));
    await Promise.all(lives.map(read));
  });

  it("calls with the caller's rights of that moment, not of the question's", async () => {
    const { id } = await converse();
    invoke = async () => {
      accounts.join('group-2', 'li');
      return answerOf('ok');
    };
    await ask(id, 'twice');
    expect(requests.map(({ principal }) => [...principal.groupIds])).toEqual([[], ['group-2']]);
  });

  it('ends an answer with the session that asked for it, or with the right to chat', async () => {
    const lives = [];
    for (let index = 0; index < 2; index += 1)
      lives.push(await turns.start(li, (await converse()).id, { text: 'slow' }));
    bus.publish('credential.revoked', { kind: 'session', id: 'another' });
    bus.publish('user.changed', { userId: 'li', change: 'updated' });
    expect(lives.map((live) => live.endedBy)).toEqual([undefined, undefined]);
    bus.publish('credential.revoked', { kind: 'session', id: li.credential.id });
    expect(lives.map((live) => live.endedBy)).toEqual(['stopped', 'stopped']);
    await Promise.all(lives.map(read));
    const live = await turns.start(li, (await converse()).id, { text: 'slow' });
    accounts.putUser({ ...LI, enabled: false });
    bus.publish('user.changed', { userId: 'li', change: 'updated' });
    expect(live.endedBy).toBe('stopped');
    await read(live);
  });

  it("does not know of somebody else's conversation", async () => {
    const { id } = await converse();
    const eve = person('eve');
    await expect(turns.start(eve, id, { text: 'hello' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(turns.stop(eve, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(conversations.delete('eve', id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(conversations.update('eve', id, { title: 'mine' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('wants at least a word or a deed', async () => {
    const { id } = await converse();
    await expect(turns.start(li, id, {})).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('reminds the model of no more than fits it', async () => {
    const { id } = await converse();
    const [entry] = models;
    models = entry ? [{ ...entry, contextTokens: 1_500 }] : [];
    await messages.append(id, 'user', [{ type: 'text', text: `old ${'x'.repeat(9_000)}` }]);
    await messages.append(id, 'assistant', [{ type: 'text', text: 'noted' }]);
    await ask(id, 'hello');
    expect(JSON.stringify(fake.requests.at(-1)?.messages)).not.toContain('old xxx');
    expect(fake.requests.at(-1)?.messages.at(-1)).toMatchObject({ role: 'user', content: 'hello' });
  });

  it('ends quietly when the conversation is deleted while its answer is written', async () => {
    const { id } = await converse();
    const live = await turns.start(li, id, { text: 'slow' });
    await conversations.delete('li', id);
    live.stop();
    expect((await read(live)).filter((chunk) => chunk.type === 'data-error')).toEqual([]);
    expect(await stored(id)).toEqual([]);
  });

  it('asks the model nothing when the conversation is deleted before its answer begins', async () => {
    const { id } = await converse();
    const latest = messages.latest.bind(messages);
    messages.latest = async (...args) => {
      await conversations.delete('li', id);
      return latest(...args);
    };
    const before = fake.requests.length;
    expect((await ask(id, 'hello')).map(({ type }) => type)).toEqual(['start', 'finish']);
    expect(fake.requests).toHaveLength(before);
  });

  it('says of a message to a conversation that is gone that it is gone, not that something went wrong', async () => {
    const gone = messages.append('no-such-conversation', 'assistant', [{ type: 'text', text: 'x' }]);
    await expect(gone).rejects.toMatchObject({ code: 'not_found' });
  });

  it('lists conversations, last used first, page by page, each to its owner', async () => {
    await source.query('DELETE FROM chat_conversation');
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.push((await converse()).id);
    const first = await conversations.page('li', 2, undefined);
    const second = await conversations.page('li', 2, first.nextCursor ?? '');
    expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(second.nextCursor).toBeNull();
    expect((await conversations.page('eve', 50, undefined)).items).toEqual([]);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve));
}
