import { readFileSync } from 'node:fs';
import { FAKE_MCP_SERVER_FILE, startFakeLlm, startFakeMcpServer } from '@gatehouse/testing';
import type { ApiCaller, RunningFakeLlm, RunningFakeMcp } from '@gatehouse/testing';
import { canary, filesOf, hits } from '../support/canary.js';
import { connectMcp } from '../support/mcp-client.js';
import { register, startProduct, type Product, type ServiceView } from '../support/product.js';

interface ApiDocument {
  paths: Record<string, Record<string, unknown>>;
}

const DOCUMENT = JSON.parse(readFileSync('e2e/golden/openapi.json', 'utf8')) as ApiDocument;

/** Secrets of every kind are planted, used and provoked; then nothing that we wrote or said may hold one. */
describe('secrets', () => {
  let product: Product;
  let fake: RunningFakeMcp;
  let llm: RunningFakeLlm;
  let stream: AbortController;
  /** Everything that was said, by where. */
  const said: Record<string, string> = {};
  const secrets: Record<string, string> = {
    header: canary('header'),
    plainHeader: canary('plain-header'),
    env: canary('env'),
    llmKey: canary('llm'),
    password: canary('password'),
    changedHeader: canary('changed'),
  };
  let web: ServiceView;
  let local: ServiceView;

  const listen = async (caller: ApiCaller): Promise<void> => {
    stream = new AbortController();
    const response = await fetch(`${product.gatehouse.url}/api/events`, {
      headers: {
        authorization: `Bearer ${(await caller.withApiKey({ name: 'listener', scopes: ['audit:read', 'services:read'] })).secret}`,
      },
      signal: stream.signal,
    });
    said['events'] = '';
    void (async () => {
      for await (const part of response.body ?? []) said['events'] += Buffer.from(part).toString();
    })().catch(() => undefined);
  };

  const ask = async (caller: ApiCaller, method: string, path: string, body?: object): Promise<void> => {
    const response = await caller.fetch(method, path, body);
    const headers = JSON.stringify([...response.headers].filter(([name]) => name !== 'set-cookie'));
    said[`${method} ${path} #${Object.keys(said).length}`] = headers + (await response.text());
  };

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    llm = await startFakeLlm();
    product = await startProduct({ env: { LOG_LEVEL: 'trace' } });
    await listen(product.owner);
    web = await register(product.owner, {
      name: 'Web',
      slug: 'web',
      type: 'http',
      url: fake.url,
      config: { headers: { 'X-Api-Key': secrets['plainHeader'] ?? '' } },
      auth: { credentials: [{ target: 'header', name: 'X-Canary', value: secrets['header'] }] },
    });
    local = await register(product.owner, {
      name: 'Local',
      slug: 'local',
      type: 'stdio',
      config: { command: process.execPath, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'] },
      auth: { credentials: [{ target: 'env', name: 'CANARY', value: secrets['env'] }] },
    });
  });

  afterAll(async () => {
    stream.abort();
    await product.gatehouse.stop();
    await fake.close();
    await llm.close();
  });

  it('reach the services that they are for', async () => {
    await ask(product.owner, 'POST', `/api/mcp/services/web/tools/whoami`, { arguments: {} });
    await ask(product.owner, 'POST', `/api/mcp/services/local/tools/env`, { arguments: {} });
    const answers = Object.values(said).join('\n');
    expect(answers).toMatch(/x-canary\W+••••/);
    expect(answers).toMatch(/CANARY\W+••••/);
  });

  it('are provoked through every door', async () => {
    const { owner } = product;
    for (const slug of ['web', 'local']) {
      await ask(owner, 'POST', `/api/mcp/services/${slug}/test`);
      await ask(owner, 'POST', `/api/mcp/services/${slug}/reconnect`);
      const tool = slug === 'web' ? 'whoami' : 'env';
      await ask(owner, 'POST', `/api/mcp/services/${slug}/test/call`, { tool, arguments: {} });
      await ask(owner, 'POST', `/api/mcp/services/${slug}/tools/echo`, {
        arguments: { text: secrets['header'], apiKey: 1 },
      });
      await ask(owner, 'POST', `/api/mcp/services/${slug}/tools/echo`, {
        arguments: { text: `x ${secrets['env']} y` },
      });
    }
    const changed = {
      auth: { credentials: [{ target: 'header', name: 'X-Canary', value: secrets['changedHeader'] }] },
      version: web.version,
    };
    await ask(owner, 'PUT', `/api/mcp/services/${web.id}`, changed);
    await ask(owner, 'PUT', `/api/mcp/services/${web.id}`, { url: 'http://127.0.0.1:9/mcp', version: 99 });
    await ask(owner, 'POST', '/api/mcp/services/import/preview', {
      text: JSON.stringify({
        mcpServers: { x: { url: fake.url, headers: { Authorization: `Bearer ${secrets['header']}` } } },
      }),
    });
    const provider = { name: 'Model', kind: 'openai-compatible', model: 'fake-model', apiKey: secrets['llmKey'] };
    await ask(owner, 'POST', '/api/llm/providers', { ...provider, baseUrl: llm.baseUrl, isDefault: true });
    await ask(owner, 'POST', '/api/llm/providers', { ...provider, name: 'Dead', baseUrl: 'http://127.0.0.1:9/v1' });
    const { items } = await owner.call<{ items: { id: string }[] }>('GET', '/api/llm/providers');
    for (const { id } of items) await ask(owner, 'POST', `/api/llm/providers/${id}/test`);
    const password = secrets['password'] ?? '';
    await ask(owner, 'POST', '/api/users', { email: 'kim@example.org', displayName: 'Kim', password });
    await ask(owner, 'POST', '/api/users', { email: 'kim@example.org', displayName: 'Kim', password });
    await ask(owner, 'POST', '/api/auth/login', { email: 'kim@example.org', password: `${password}x` });
    const { id } = await owner.call<{ id: string }>('POST', '/api/chat/conversations', {
      serviceIds: [web.id, local.id],
    });
    const chat = `/api/chat/conversations/${id}/messages`;
    await ask(owner, 'POST', chat, { direct: { serviceId: local.id, tool: 'env', arguments: {} } });
    await ask(owner, 'POST', chat, { text: 'say something' });
    await ask(owner, 'GET', chat);
  });

  it('that are ours are shown once and known by nothing later', async () => {
    const { owner } = product;
    const key = await owner.withApiKey({ name: 'script', scopes: ['tools:use'] });
    const client = await connectMcp(product.gatehouse.url, key.secret, 'modern');
    said['mcp'] = JSON.stringify([
      await client.listTools(),
      await client.callTool({ name: 'web__whoami', arguments: {} }),
      await client.callTool({ name: 'local__env', arguments: {} }),
      await client.callTool({ name: 'web__echo', arguments: { text: key.secret } }),
      await client
        .callTool({ name: 'web__add', arguments: { a: secrets['header'] } })
        .catch((error: unknown) => String(error)),
    ]);
    await client.close();
    const origin = 'https://intranet.example.com';
    const app = await owner.call<{ secret: string }>('POST', '/api/embed/apps', {
      name: 'Intranet',
      allowedOrigins: [origin],
    });
    const session = await product.gatehouse
      .caller(app.secret)
      .call<{ token: string }>('POST', '/api/embed/sessions', { user: { email: 'owner@example.org' }, origin });
    await product.gatehouse.caller(session.token).fetch('GET', '/api/auth/me', undefined, { origin });
    await ask(product.gatehouse.caller(`${key.secret}x`), 'GET', '/api/auth/me');
    const kim = await owner.fetch('POST', '/api/auth/login', {
      email: 'kim@example.org',
      password: secrets['password'],
    });
    const cookie = kim.headers.getSetCookie()[0]?.split(';')[0]?.split('=')[1] ?? '';
    expect(cookie.length).toBeGreaterThan(20);
    Object.assign(secrets, { apiKey: key.secret, embedSecret: app.secret, embedToken: session.token, cookie });
  });

  it('are in no answer to any reading', async () => {
    await product.owner.login('owner@example.org', 'correct horse battery');
    const { items: calls } = await product.owner.call<{ items: { id: string }[] }>('GET', '/api/audit/calls?limit=200');
    for (const { id } of calls) await ask(product.owner, 'GET', `/api/audit/calls/${id}`);
    const readable = Object.entries(DOCUMENT.paths).filter(
      ([path, methods]) => 'get' in methods && path !== '/api/events',
    );
    for (const [path] of readable) {
      for (const id of path.includes('{id}') ? [web.id, local.id] : ['']) {
        const address = path.replace('{id}', id).replace(/\{\w+\}/g, encodeURIComponent('test://static-text'));
        await ask(
          product.owner,
          'GET',
          path.endsWith('explain') ? `${address}?user=owner@example.org&service=web` : address,
        );
      }
    }
    expect(Object.keys(said).length).toBeGreaterThan(60);
    expect(hits(secrets, said)).toEqual([]);
  });

  it('are in no file and in no line of the log', async () => {
    const files = await filesOf(product.gatehouse.dataDir);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['gatehouse.sqlite', 'gatehouse.sqlite-wal']));
    expect(hits(secrets, { ...files, log: product.gatehouse.logs })).toEqual([]);
  });

  it('would be found by this sweep', () => {
    const secret = secrets['env'] ?? '';
    const places = {
      raw: `a${secret}b`,
      base64: Buffer.from(secret).toString('base64'),
      address: encodeURIComponent(secret),
    };
    expect(hits({ env: secret }, places)).toEqual(['raw: env', 'base64: env', 'address: env']);
  });
});
