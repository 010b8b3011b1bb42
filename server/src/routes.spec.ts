import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PERMISSIONS, ROLE_PRESETS, type Permission, type RolePreset } from '@gatehouse/contracts';
import { ApiCaller } from '@gatehouse/testing';
import { routeTable, type Route } from './auth/access/route-table.js';
import { RunningProduct } from './spec/running-product.js';

const GOLDEN = new URL('../../e2e/golden/routes.txt', import.meta.url);

const ruleText = ({ rule }: Route): string => {
  if (rule?.kind === 'permission') return rule.permission;
  if (rule?.kind === 'signed-in') return rule.embedded ? 'anybody signed in, and embedded chats' : 'anybody signed in';
  return rule ? 'PUBLIC' : 'NOBODY';
};

/** Every route of the whole product against every kind of caller. */
describe('the routes of the product', () => {
  let product: RunningProduct;
  let routes: Route[];
  const keys = new Map<string, ApiCaller>();

  beforeAll(async () => {
    product = await RunningProduct.start();
    routes = routeTable(product.app);
  });

  afterAll(() => product.stop());

  /** Somebody whose credential holds exactly these permissions. */
  const holding = async (permissions: readonly Permission[]): Promise<ApiCaller> => {
    const name = [...permissions].sort().join();
    const known = keys.get(name);
    if (known) return known;
    const { caller } = await product.owner.withApiKey({ name: 'spec', scopes: [...permissions] });
    keys.set(name, caller);
    return caller;
  };

  /** Sends nothing sensible to nobody in particular; only the kind of refusal matters. @returns status and code */
  const knock = async (caller: ApiCaller, { name }: Route, headers?: Record<string, string>): Promise<string> => {
    const [method = '', pattern = ''] = name.split(' ');
    const path = pattern.replace(/:\w+/g, randomUUID());
    const body = ['POST', 'PUT', 'PATCH'].includes(method) ? {} : undefined;
    const response = await caller.fetch(method, path, body, headers);
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
      await response.body?.cancel();
      return '200';
    }
    const text = await response.text();
    if (response.ok) return String(response.status);
    return `${response.status} ${(JSON.parse(text) as { error: { code: string } }).error.code}`;
  };

  const answers = async (
    who: (route: Route) => ApiCaller | Promise<ApiCaller>,
    which: (route: Route) => boolean,
    headers?: Record<string, string>,
  ): Promise<[string, string][]> => {
    const all: [string, string][] = [];
    for (const route of routes.filter(which)) all.push([route.name, await knock(await who(route), route, headers)]);
    return all;
  };

  const isClosed = ({ rule }: Route): boolean => rule?.kind !== 'public';
  const needs = ({ rule }: Route): Permission | undefined =>
    rule?.kind === 'permission' ? rule.permission : undefined;

  it('are these, for these callers', () => {
    const lines = routes.map((route) => `${route.name}  ←  ${ruleText(route)}`).sort();
    expect(lines).toEqual(readFileSync(GOLDEN, 'utf8').trim().split('\n'));
  });

  it('are closed to strangers, but for the public ones', async () => {
    const stranger = new ApiCaller(product.url);
    for (const [route, answer] of await answers(() => stranger, isClosed))
      expect([route, answer]).toEqual([route, '401 auth_required']);
  });

  it('are closed to invented credentials of every kind', async () => {
    for (const [secret, code] of [
      [`ghk_${'x'.repeat(43)}`, '401 api_key_invalid'],
      [`ghe_${'x'.repeat(43)}`, '401 embed_token_invalid'],
      [`gha_${'x'.repeat(43)}`, '401 api_key_invalid'],
    ] as const) {
      const liar = new ApiCaller(product.url, secret);
      for (const [route, answer] of await answers(() => liar, isClosed)) expect([route, answer]).toEqual([route, code]);
    }
  });

  it('are closed to whoever holds every permission but the one', async () => {
    const allBut = (route: Route) => holding(PERMISSIONS.filter((permission) => permission !== needs(route)));
    const asked = await answers(allBut, (route) => needs(route) !== undefined);
    for (const [route, answer] of asked) expect([route, answer]).toEqual([route, '403 permission_missing']);
  });

  it.each(Object.keys(ROLE_PRESETS) as RolePreset[])(
    'are open to the role %s exactly as far as it says',
    async (role) => {
      const granted: readonly Permission[] = ROLE_PRESETS[role];
      const caller = await holding(granted);
      for (const route of routes.filter((each) => needs(each) !== undefined)) {
        const answer = await knock(caller, route);
        const may = granted.includes(needs(route) as Permission);
        const refused = answer === '403 permission_missing';
        expect([route.name, refused, answer.startsWith('5')]).toEqual([route.name, !may, false]);
      }
    },
  );

  it('are closed to the token of an embedded chat, but for chat and tools', async () => {
    const origin = 'https://intranet.example.com';
    const app = await product.owner.call<{ secret: string }>('POST', '/api/embed/apps', {
      name: 'intranet',
      allowedOrigins: [origin],
    });
    const session = await new ApiCaller(product.url, app.secret).call<{ token: string }>(
      'POST',
      '/api/embed/sessions',
      {
        user: { email: 'owner@example.org' },
        origin,
      },
    );
    const chat = new ApiCaller(product.url, session.token);
    const open = (route: Route): boolean =>
      !isClosed(route) ||
      (route.rule?.kind === 'signed-in' && route.rule.embedded === true) ||
      ['chat:use', 'tools:use'].includes(needs(route) ?? '');
    for (const [route, answer] of await answers(
      () => chat,
      (each) => !open(each),
      { origin },
    ))
      expect([route, answer]).toEqual([route, expect.stringMatching(/^403 (permission_missing|session_required)$/)]);
    const elsewhere = await answers(() => chat, isClosed, { origin: 'https://elsewhere.example.com' });
    for (const [route, answer] of elsewhere) expect([route, answer]).toEqual([route, '401 embed_token_invalid']);
  });

  it('let a key that is limited to one service reach nothing of another, whatever it may do', async () => {
    const register = (slug: string): Promise<{ id: string }> =>
      product.owner.call('POST', '/api/mcp/services', {
        name: slug,
        slug,
        type: 'http',
        url: 'http://127.0.0.1:9/mcp',
      });
    const [own, other] = [await register('own'), await register('other')];
    const subject = { kind: 'everyone' };
    const grantOn = (serviceId: string) => ({ subject, serviceId, effect: 'allow' });
    const grant = await product.owner.call<{ id: string }>('POST', '/api/mcp/grants', grantOn(other.id));
    const { caller } = await product.owner.withApiKey({ name: 'own', scopes: [...PERMISSIONS], serviceIds: [own.id] });
    const draft = { name: 'other', type: 'http', url: 'http://127.0.0.1:9/mcp' };
    const answer = async (method: string, path: string, body?: object): Promise<string> => {
      const response = await caller.fetch(method, path, body);
      const text = await response.text();
      return `${path}: ${response.status} ${response.ok ? '' : (JSON.parse(text) as { error: { code: string } }).error.code}`;
    };
    const hidden: [string, string, object?][] = [
      ...['other', other.id].map((id): [string, string] => ['GET', `/api/mcp/services/${id}`]),
      ['PUT', '/api/mcp/services/other', { category: 'c', version: 1 }],
      ['PUT', '/api/mcp/services/other/enabled', { enabled: false }],
      ['DELETE', '/api/mcp/services/other'],
      ...['tools', 'resources', 'resource-templates', 'prompts'].map((list): [string, string] => [
        'GET',
        `/api/mcp/services/other/${list}`,
      ]),
      ['POST', '/api/mcp/services/other/test'],
      ['POST', '/api/mcp/services/other/reconnect'],
      ['POST', '/api/mcp/services/other/pin', { version: 1 }],
      ['DELETE', '/api/mcp/services/other/pin'],
      ['POST', '/api/mcp/services/other/test/call', { tool: 'echo', arguments: {} }],
      ['POST', '/api/mcp/services/test', { draft, serviceId: other.id }],
      ['POST', '/api/mcp/grants', grantOn(other.id)],
      ['DELETE', `/api/mcp/grants/${grant.id}`],
      ['GET', '/api/mcp/access/explain?user=owner@example.org&service=other'],
    ];
    for (const [method, path, body] of hidden) expect(await answer(method, path, body)).toBe(`${path}: 404 not_found`);
    for (const [path, body] of [
      ['/api/mcp/services', draft],
      ['/api/mcp/services/test', { draft }],
    ] as const)
      expect(await answer('POST', path, body)).toBe(`${path}: 403 privilege_escalation`);
    expect(await caller.call('GET', '/api/mcp/grants')).toMatchObject({ items: [] });
    expect(await caller.call('GET', '/api/mcp/services')).toMatchObject({ items: [{ slug: 'own' }] });
    expect(await answer('POST', '/api/mcp/grants', grantOn(own.id))).toContain(': 201');
  });
});
