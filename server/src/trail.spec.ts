import { startFakeMcpServer, type RunningFakeMcp } from '@gatehouse/testing';
import { routeTable } from './auth/access/route-table.js';
import { RunningProduct } from './spec/running-product.js';

interface AdminEvent {
  action: string;
  actor: { email: string } | null;
  requestId: string;
}

/** What a change made, for the next one. */
interface Made {
  id: string;
  version: number;
  key: string;
  review: { hash: string };
}

type Change = (made: Record<string, Made>) => [path: string, body?: object];

const PASSWORD = 'a sufficiently long one';
const SERVICE_TEXT = '{"mcpServers": {"pasted": {"url": "http://127.0.0.1:9/mcp"}, "local": {"command": "true"}}}';
const PROVIDER = {
  name: 'p',
  kind: 'openai-compatible',
  baseUrl: 'http://127.0.0.1:9/v1',
  model: 'm',
  apiKey: 'k'.repeat(12),
};

/** One successful call of every changing administrative route, in an order in which each finds what it needs. */
const changesAt = (upstream: string): Record<string, Change> => ({
  'POST /api/users': () => ['/api/users', { email: 'kim@example.org', displayName: 'Kim', password: PASSWORD }],
  'PUT /api/users/:id': (made) => [`/api/users/${made['users']?.id}`, { displayName: 'K', version: 1 }],
  'POST /api/groups': () => ['/api/groups', { name: 'Analysts' }],
  'PUT /api/groups/:id': (made) => [`/api/groups/${made['groups']?.id}`, { name: 'Analysis', version: 1 }],
  'POST /api/groups/:id/members': (made) => [
    `/api/groups/${made['groups']?.id}/members`,
    { userId: made['users']?.id },
  ],
  'DELETE /api/groups/:id/members/:userId': (made) => [
    `/api/groups/${made['groups']?.id}/members/${made['users']?.id}`,
  ],
  'POST /api/roles': () => ['/api/roles', { name: 'reader', title: 'Reader', permissions: ['services:read'] }],
  'PUT /api/roles/:name': () => ['/api/roles/reader', { name: 'reader', title: 'R', permissions: ['services:read'] }],
  'DELETE /api/roles/:name': () => ['/api/roles/reader'],
  'POST /api/auth/api-keys': () => ['/api/auth/api-keys', { name: 'script' }],
  'DELETE /api/auth/api-keys/:id': (made) => [`/api/auth/api-keys/${made['api-keys']?.id}`],
  'POST /api/embed/apps': () => [
    '/api/embed/apps',
    { name: 'intranet', allowedOrigins: ['https://intranet.example.com'] },
  ],
  'PUT /api/embed/apps/:id': (made) => [`/api/embed/apps/${made['apps']?.id}`, { createUsers: true, version: 1 }],
  'POST /api/embed/apps/:id/secret': (made) => [`/api/embed/apps/${made['apps']?.id}/secret`],
  'DELETE /api/embed/apps/:id': (made) => [`/api/embed/apps/${made['apps']?.id}`],
  'POST /api/llm/providers': () => ['/api/llm/providers', PROVIDER],
  'PUT /api/llm/providers/:id': (made) => [`/api/llm/providers/${made['providers']?.id}`, { model: 'n', version: 1 }],
  'POST /api/llm/providers/:id/test': (made) => [`/api/llm/providers/${made['providers']?.id}/test`],
  'DELETE /api/llm/providers/:id': (made) => [`/api/llm/providers/${made['providers']?.id}`],
  'POST /api/mcp/services': () => ['/api/mcp/services', { name: 'fake', slug: 'fake', type: 'http', url: upstream }],
  'POST /api/mcp/services/:id/reconnect': () => ['/api/mcp/services/fake/reconnect'],
  'POST /api/mcp/services/:id/test': () => ['/api/mcp/services/fake/test'],
  'POST /api/mcp/services/test': () => [
    '/api/mcp/services/test',
    { draft: { name: 'draft', type: 'http', url: upstream } },
  ],
  'PUT /api/mcp/services/:id/tools/:tool_name/policy': () => [
    '/api/mcp/services/fake/tools/echo/policy',
    { class: 'read' },
  ],
  'PUT /api/mcp/services/:id/tools/:tool_name/review': (made) => [
    '/api/mcp/services/fake/tools/echo/review',
    { decision: 'accept', hash: made['policy']?.review.hash },
  ],
  'PUT /api/mcp/services/:id': () => ['/api/mcp/services/fake', { category: 'tools', version: 2 }],
  'PUT /api/mcp/services/:id/enabled': () => ['/api/mcp/services/fake/enabled', { enabled: false }],
  'POST /api/mcp/services/import': () => [
    '/api/mcp/services/import',
    { text: SERVICE_TEXT, entries: [{ key: 'pasted' }, { key: 'local' }] },
  ],
  'POST /api/mcp/services/:id/pin': () => ['/api/mcp/services/local/pin', { version: 1 }],
  'DELETE /api/mcp/services/:id/pin': () => ['/api/mcp/services/local/pin'],
  'POST /api/mcp/grants': () => [
    '/api/mcp/grants',
    { subject: { kind: 'everyone' }, serviceId: 'fake', effect: 'allow' },
  ],
  'DELETE /api/mcp/grants/:id': (made) => [`/api/mcp/grants/${made['grants']?.id}`],
  'POST /api/mcp/limits': () => ['/api/mcp/limits', { subject: { kind: 'everyone' }, dailyQuota: 1_000_000 }],
  'PUT /api/mcp/limits/:id': (made) => [`/api/mcp/limits/${made['limits']?.id}`, { concurrency: 9, version: 1 }],
  'DELETE /api/mcp/limits/:id': (made) => [`/api/mcp/limits/${made['limits']?.id}`],
  'POST /api/mcp/profiles': () => ['/api/mcp/profiles', { slug: 'support', items: [{ serviceId: 'fake' }] }],
  'PUT /api/mcp/profiles/:id': () => ['/api/mcp/profiles/support', { mode: 'search', version: 1 }],
  'DELETE /api/mcp/profiles/:id': () => ['/api/mcp/profiles/support'],
  'POST /api/inspector/requests': () => [
    '/api/inspector/requests',
    { endpoint: '/mcp', method: 'tools/list', params: {} },
  ],
  'DELETE /api/mcp/services/:id/cache': () => ['/api/mcp/services/fake/cache'],
  'DELETE /api/mcp/services/:id': () => ['/api/mcp/services/fake'],
  'DELETE /api/users/:id': (made) => [`/api/users/${made['users']?.id}`],
  'DELETE /api/groups/:id': (made) => [`/api/groups/${made['groups']?.id}`],
});

/** On record elsewhere, or without any effect. */
const NOT_ADMINISTRATION = ['tools:use', 'chat:use'];
const WITHOUT_EFFECT = 'POST /api/mcp/services/import/preview';
const A_CALL = 'POST /api/mcp/services/:id/test/call';

describe('the trail of the product', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    product = await RunningProduct.start();
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const eventsOf = async (requestId: string): Promise<AdminEvent[]> => {
    const { items } = await product.owner.call<{ items: AdminEvent[] }>('GET', '/api/audit/events?limit=200');
    return items.filter((event) => event.requestId === requestId);
  };

  it('has a line of every changing route, by whom and in which request', async () => {
    const made: Record<string, Made> = {};
    for (const [name, change] of Object.entries(changesAt(fake.url))) {
      const [method = '', pattern = ''] = name.split(' ');
      const [path, body] = change(made);
      const requestId = `spec-${name.replace(/[^a-z]/gi, '')}`.slice(0, 64);
      const response = await product.owner.fetch(method, path, body, { 'x-request-id': requestId });
      const text = await response.text();
      expect([name, response.ok, response.ok || text]).toEqual([name, true, true]);
      if (method !== 'DELETE' && text) made[pattern.split('/').at(-1) ?? ''] = JSON.parse(text) as Made;
      const lines = await eventsOf(requestId);
      expect([name, lines.map(({ actor }) => actor?.email)]).toEqual([
        name,
        expect.arrayContaining(['owner@example.org']),
      ]);
    }
  });

  it('has none of a route without effect', async () => {
    const [method = '', path = ''] = WITHOUT_EFFECT.split(' ');
    const headers = { 'x-request-id': 'spec-without-effect' };
    const response = await product.owner.fetch(method, path, { text: SERVICE_TEXT }, headers);
    expect(response.ok).toBe(true);
    expect(await eventsOf('spec-without-effect')).toEqual([]);
  });

  it('knows of no changing route that this spec does not', () => {
    const changing = routeTable(product.app)
      .filter(
        ({ name, rule }) =>
          !name.startsWith('GET ') && rule?.kind === 'permission' && !NOT_ADMINISTRATION.includes(rule.permission),
      )
      .map(({ name }) => name)
      .filter((name) => ![WITHOUT_EFFECT, A_CALL].includes(name));
    expect(Object.keys(changesAt('')).sort()).toEqual(changing.sort());
  });
});
