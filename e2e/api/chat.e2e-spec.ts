import {
  FAKE_LLM_MODEL,
  startFakeLlm,
  startFakeMcpServer,
  type ApiCaller,
  type RunningFakeLlm,
  type RunningFakeMcp,
} from '@gatehouse/testing';
import { cardsOf, say, textOf } from '../support/chat.js';
import { addPerson, refusal, register, startProduct, type Product, type ServiceView } from '../support/product.js';

interface Conversation {
  id: string;
}

describe('a conversation', () => {
  let product: Product;
  let llm: RunningFakeLlm;
  let fake: RunningFakeMcp;
  let service: ServiceView;

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    llm = await startFakeLlm([
      {
        when: 'add them',
        turns: [
          { toolCalls: [{ name: 'tools__add', arguments: { a: 20, b: 22 } }] },
          { words: ['The ', 'sum ', 'is ', '42.'] },
        ],
      },
      { when: 'break down', turns: [{ fault: 500 }] },
    ]);
    product = await startProduct();
    service = await register(product.owner, { name: 'Tools', slug: 'tools', type: 'http', url: fake.url });
    await product.owner.call('GET', `/api/mcp/services/${service.id}/tools`);
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await Promise.all([fake.close(), llm.close()]);
  });

  const begin = (caller: ApiCaller = product.owner): Promise<Conversation> =>
    caller.call('POST', '/api/chat/conversations', { serviceIds: [service.id] });

  it('without a model says so, in the reader’s language, and keeps the message', async () => {
    const { id } = await begin();
    const chunks = await say(product.owner, id, { text: '你好' }, 'zh-CN');
    expect(JSON.stringify(chunks)).toContain('尚未配置语言模型');
    const { items } = await product.owner.call<{ items: { role: string }[] }>(
      'GET',
      `/api/chat/conversations/${id}/messages`,
    );
    expect(items[0]).toMatchObject({ role: 'user' });
  });

  it('without a model still runs a tool directly, and its result joins the conversation', async () => {
    const { id } = await begin();
    const chunks = await say(product.owner, id, {
      direct: { serviceId: service.id, tool: 'add', arguments: { a: 1, b: 2 } },
    });
    expect(cardsOf(chunks)).toMatchObject([{ state: 'succeeded' }]);
    const { items } = await product.owner.call<{ items: object[] }>('GET', `/api/chat/conversations/${id}/messages`);
    expect(JSON.stringify(items)).toContain('"text":"3"');
  });

  describe('with a model', () => {
    beforeAll(async () => {
      await product.owner.call('POST', '/api/llm/providers', {
        name: 'Scripted',
        kind: 'openai-compatible',
        baseUrl: llm.baseUrl,
        model: FAKE_LLM_MODEL,
        apiKey: 'model-key-secret',
        isDefault: true,
      });
    });

    it('streams the answer, calls the tool, and both are stored and on record with the conversation', async () => {
      const { id } = await begin();
      const chunks = await say(product.owner, id, { text: 'Here are two numbers, add them.' });
      expect(textOf(chunks)).toContain('The sum is 42.');
      expect(chunks.filter((chunk) => chunk.type === 'text-delta').length).toBeGreaterThan(2);
      expect(cardsOf(chunks)).toMatchObject([{ state: 'succeeded' }]);
      const record = await product.owner.call<{ items: object[] }>('GET', `/api/audit/calls?chatId=${id}`);
      expect(record.items).toMatchObject([{ door: 'chat', tool: 'add', status: 'success' }]);
      const { items } = await product.owner.call<{ items: object[] }>('GET', `/api/chat/conversations/${id}/messages`);
      expect(items).toMatchObject([{ role: 'user' }, { role: 'assistant' }]);
    });

    it('sends the key to the model and shows it to nobody', async () => {
      expect(llm.authorizations).toContain('Bearer model-key-secret');
      const shown = await product.owner.call<object>('GET', '/api/llm/providers');
      expect(JSON.stringify(shown)).not.toContain('model-key-secret');
      expect(product.gatehouse.logs).not.toContain('model-key-secret');
    });

    it('offers the model only what the person may use', async () => {
      const { person, caller } = await addPerson(product, 'chen@example.org');
      await product.owner.call('POST', '/api/mcp/grants', {
        subject: { kind: 'user', id: person.id },
        serviceId: service.id,
        tool: 'add',
        effect: 'deny',
      });
      const { id } = await begin(caller);
      const before = llm.requests.length;
      await say(caller, id, { text: 'add them' });
      const offered = llm.requests
        .slice(before)
        .flatMap((request) => request.tools?.map((tool) => tool.function.name) ?? []);
      expect(offered).toContain('tools__echo');
      expect(offered).not.toContain('tools__add');
      expect(fake.state.calls.filter((call) => call.tool === 'add')).toHaveLength(2);
    });

    it('goes on after the model broke down', async () => {
      const { id } = await begin();
      expect(JSON.stringify(await say(product.owner, id, { text: 'break down' }))).toContain('model_unavailable');
      expect(textOf(await say(product.owner, id, { text: 'add them' }))).toContain('42');
    });

    it('belongs to one person alone', async () => {
      const { id } = await begin();
      const { caller } = await addPerson(product, 'zhao@example.org');
      for (const [method, path] of [
        ['GET', `/api/chat/conversations/${id}`],
        ['GET', `/api/chat/conversations/${id}/messages`],
        ['DELETE', `/api/chat/conversations/${id}`],
        ['POST', `/api/chat/conversations/${id}/stop`],
      ] as const) {
        expect(await refusal(caller, method, path)).toMatchObject({ status: 404 });
      }
      expect(await refusal(caller, 'POST', `/api/chat/conversations/${id}/messages`, { text: 'hello' })).toMatchObject({
        status: 404,
      });
    });

    it('shows a dead service as a card with its cause and one act, and the conversation goes on', async () => {
      const doomed = await startFakeMcpServer();
      const dead = await register(product.owner, { name: 'Doomed', slug: 'doomed', type: 'http', url: doomed.url });
      await product.owner.call('GET', `/api/mcp/services/${dead.id}/tools`);
      const { id } = await product.owner.call<Conversation>('POST', '/api/chat/conversations', {
        serviceIds: [service.id, dead.id],
      });
      await doomed.close();
      const chunks = await say(product.owner, id, {
        direct: { serviceId: dead.id, tool: 'echo', arguments: { text: 'x' } },
      });
      const [card] = cardsOf(chunks);
      expect(card?.state).toBe('failed');
      expect(card?.error?.code).toMatch(/^upstream_/);
      expect(card?.error?.act).toBe('retry');
      expect(textOf(await say(product.owner, id, { text: 'add them' }))).toContain('42');
    });
  });

  describe('in another page, by an embed session', () => {
    const ORIGIN = 'https://intranet.example.org';

    const embedded = async (email = 'owner@example.org') => {
      const app = await product.owner.call<{ secret: string }>('POST', '/api/embed/apps', {
        name: `Intranet ${Math.random()}`,
        allowedOrigins: [ORIGIN],
      });
      const backend = product.gatehouse.caller(app.secret);
      const { token } = await backend.call<{ token: string }>('POST', '/api/embed/sessions', {
        user: { email },
        origin: ORIGIN,
      });
      return product.gatehouse.caller(token);
    };

    const from = (origin: string) => ({ origin });

    it('works from its own origin only', async () => {
      const page = await embedded();
      expect((await page.fetch('GET', '/api/chat/conversations', undefined, from(ORIGIN))).status).toBe(200);
      expect((await page.fetch('GET', '/api/chat/conversations', undefined, from('https://evil.example'))).status).toBe(
        401,
      );
    });

    it('reaches the chat and nothing of the administration, whoever the person is', async () => {
      const page = await embedded();
      for (const path of [
        '/api/users',
        '/api/audit/events',
        '/api/llm/providers',
        '/api/embed/apps',
        '/api/auth/api-keys',
      ]) {
        expect((await page.fetch('GET', path, undefined, from(ORIGIN))).status).toBe(403);
      }
    });

    it('answers preflights of listed origins only', async () => {
      await embedded();
      const preflight = (origin: string) =>
        fetch(`${product.gatehouse.url}/api/chat/conversations`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization,content-type',
          },
        });
      expect((await preflight(ORIGIN)).headers.get('access-control-allow-origin')).toBe(ORIGIN);
      expect((await preflight('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
    });
  });
});
