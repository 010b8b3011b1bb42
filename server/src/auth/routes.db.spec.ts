import type { ApiCaller } from '@gatehouse/testing';
import { startAuthApp, type AuthApp } from '../../spec/auth-app.js';
import { routeTable } from './access/route-table.js';
import type { ApiKeyCreated } from './api-keys/api-key.dto.js';
import type { User } from './users/user.dto.js';

const PASSWORD = 'a password of ours';
const NOBODY = '00000000-0000-4000-8000-000000000000';

/** Values that no field of ours takes, whatever its type. */
const NEVER = [null, {}, [[]], { $ne: 1 }, 'x'.repeat(70_000), -7, 1e21];

const NOT_A = {
  secret: [...NEVER, true, ['text'], '', '\ud800 half a pair'],
  text: [...NEVER, true, ['text'], '', '\u0000 control', '\ud800 half a pair'],
  flag: [...NEVER, 'true', 1],
  version: [...NEVER, '1', 1.5, true],
  list: [...NEVER, 'x', [7], [null], ['not one of them']],
} as const;

interface Route {
  method: 'POST' | 'PUT' | 'PATCH';
  path: string;
  /** Accepted as it is, but never sent. */
  body: Record<string, unknown>;
  optional: readonly string[];
}

const ROUTES: Route[] = [
  route(
    'POST',
    '/api/setup',
    { token: 't', email: 'a@example.org', password: PASSWORD, displayName: 'A' },
    'displayName',
  ),
  route('POST', '/api/auth/login', { email: 'a@example.org', password: PASSWORD }),
  route('PATCH', '/api/auth/me', { displayName: 'A', language: 'zh' }, 'displayName', 'language'),
  route('POST', '/api/auth/password', { currentPassword: PASSWORD, newPassword: PASSWORD }),
  route(
    'POST',
    '/api/auth/api-keys',
    { name: 'k', scopes: ['tools:use'], serviceIds: ['s'], expiresAt: '2999-01-01T00:00:00Z' },
    'scopes',
    'serviceIds',
    'expiresAt',
  ),
  route(
    'POST',
    '/api/users',
    {
      email: 'b@example.org',
      displayName: 'B',
      password: PASSWORD,
      roles: ['member'],
      groupIds: ['g'],
      language: 'en',
    },
    'password',
    'roles',
    'groupIds',
    'language',
  ),
  route(
    'PUT',
    `/api/users/${NOBODY}`,
    {
      displayName: 'B',
      email: 'b@example.org',
      roles: ['member'],
      enabled: true,
      password: PASSWORD,
      language: 'en',
      version: 1,
    },
    'displayName',
    'email',
    'roles',
    'enabled',
    'password',
    'language',
  ),
  route('POST', '/api/groups', { name: 'G' }),
  route('PUT', `/api/groups/${NOBODY}`, { name: 'G', version: 1 }, 'name'),
  route('POST', `/api/groups/${NOBODY}/members`, { userId: NOBODY }),
  route('POST', '/api/roles', { name: 'reader', title: 'Reader', permissions: ['users:read'] }),
  route('PUT', '/api/roles/reader', { name: 'reader', title: 'Reader', permissions: ['users:read'] }),
  route(
    'POST',
    '/api/embed/apps',
    { name: 'A', allowedOrigins: ['https://a.example'], createUsers: true },
    'createUsers',
  ),
  route(
    'PUT',
    `/api/embed/apps/${NOBODY}`,
    { name: 'A', allowedOrigins: ['https://a.example'], createUsers: true, version: 1 },
    'name',
    'allowedOrigins',
    'createUsers',
  ),
];

function route(method: Route['method'], path: string, body: Route['body'], ...optional: string[]): Route {
  return { method, path, body, optional };
}

function hostileValues(value: unknown): readonly unknown[] {
  if (value === PASSWORD) return NOT_A.secret;
  if (typeof value === 'boolean') return NOT_A.flag;
  if (typeof value === 'number') return NOT_A.version;
  return Array.isArray(value) ? NOT_A.list : NOT_A.text;
}

interface Refusal {
  error: { code: string; requestId: string; fields?: { path: string }[] };
}

describe('every route of auth', () => {
  let auth: AuthApp;
  let owner: ApiCaller;
  let ann: ApiCaller;

  beforeAll(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
    await owner.call('POST', '/api/users', { email: 'ann@example.org', displayName: 'Ann', password: PASSWORD });
    ann = await auth.signIn('ann@example.org', PASSWORD);
  });

  afterAll(() => auth.close());

  it('says who may call it', () => {
    const routes = routeTable(auth.app);
    expect(routes.filter(({ rule }) => rule === undefined)).toEqual([]);
    expect(routes.filter(({ rule }) => rule?.kind === 'public').map(({ name }) => name)).toEqual([
      'GET /api/setup',
      'POST /api/setup',
      'POST /api/auth/login',
      'POST /api/embed/sessions',
    ]);
  });

  it('asks strangers who they are, and tells members that they may not', async () => {
    for (const { name, rule } of routeTable(auth.app)) {
      if (rule?.kind === 'public') continue;
      const [method = '', path = ''] = name.split(' ');
      expect([name, (await auth.anonymous().fetch(method, path)).status]).toEqual([name, 401]);
      const mine = rule?.kind === 'signed-in' || rule?.permission === 'api-keys:own';
      if (!mine) expect([name, (await ann.fetch(method, path)).status]).toEqual([name, 403]);
    }
  });

  describe.each(ROUTES)('$method $path', ({ method, path, body, optional }) => {
    const refusal = async (changed: unknown): Promise<[number, Refusal]> => {
      const before = auth.trail.changes.length;
      const answer = await owner.fetch(method, path, changed);
      expect(auth.trail.changes).toHaveLength(before);
      return [answer.status, (await answer.json()) as Refusal];
    };

    it.each(Object.keys(body))('names %s when it is wrong', async (field) => {
      for (const value of hostileValues(body[field])) {
        const [status, { error }] = await refusal({ ...body, [field]: value });
        expect([field, short(value), status, error.code]).toEqual([field, short(value), 400, 'validation_failed']);
        expect(error.fields?.some((problem) => problem.path.startsWith(field))).toBe(true);
      }
    });

    it('names each field that is missing', async () => {
      for (const field of Object.keys(body).filter((name) => !optional.includes(name))) {
        const [status, { error }] = await refusal({ ...body, [field]: undefined });
        expect([status, error.fields?.map((problem) => problem.path).includes(field)]).toEqual([400, true]);
      }
    });

    it.each(['id', 'isAdmin', 'createdAt', 'source', '$where', 'toString', 'constructor'])(
      'refuses the unknown field %s',
      async (field) => {
        const [status, { error }] = await refusal({ ...body, [field]: 'x' });
        expect([status, error.fields?.map((problem) => problem.path)]).toEqual([400, [field]]);
      },
    );

    it.each([{ instead: [] }, { instead: [{}] }, { instead: 'text' }, { instead: null }, { instead: 7 }])(
      'refuses $instead in place of an object',
      async ({ instead }) => {
        expect((await refusal(instead))[0]).toBe(400);
      },
    );
  });

  it.each([
    ['GET', `/api/users/${NOBODY}`],
    ['DELETE', `/api/users/${NOBODY}`],
    ['GET', `/api/groups/${NOBODY}`],
    ['DELETE', `/api/groups/${NOBODY}`],
    ['GET', `/api/groups/${NOBODY}/members`],
    ['DELETE', `/api/groups/${NOBODY}/members/${NOBODY}`],
    ['DELETE', '/api/roles/nothing'],
    ['DELETE', `/api/auth/api-keys/${NOBODY}`],
    ['DELETE', `/api/embed/apps/${NOBODY}`],
    ['POST', `/api/embed/apps/${NOBODY}/secret`],
    ['GET', `/api/users/${'x'.repeat(5_000)}`],
    ['GET', "/api/users/' OR 1=1 --"],
    ['GET', '/api/users/%00'],
  ])('%s %s finds nothing', async (method, path) => {
    expect((await owner.fetch(method, path)).status).toBe(404);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=1.5',
    'limit=x',
    'limit=5&limit=6',
    'cursor=x',
    'cursor[]=x',
    'q[]=1',
    'sort=id',
  ])('refuses a list with ?%s', async (query) => {
    expect((await owner.fetch('GET', `/api/users?${query}`)).status).toBe(400);
  });

  it("keeps one person's keys from another", async () => {
    const key = await owner.call<ApiKeyCreated>('POST', '/api/auth/api-keys', { name: 'mine' });
    expect((await ann.fetch('DELETE', `/api/auth/api-keys/${key.id}`)).status).toBe(404);
    expect((await ann.fetch('GET', `/api/auth/api-keys?userId=${key.userId}`)).status).toBe(403);
    expect((await owner.fetch('DELETE', `/api/auth/api-keys/${key.id}`)).status).toBe(204);
  });

  it('gives no key more than its maker has, by scope or by service', async () => {
    const more = await ann.fetch('POST', '/api/auth/api-keys', { name: 'more', scopes: ['tools:use', 'users:read'] });
    expect(more.status).toBe(403);
    const { caller } = await ann.withApiKey({
      name: 'narrow',
      scopes: ['api-keys:own', 'tools:use'],
      serviceIds: ['crm'],
    });
    expect((await caller.fetch('POST', '/api/auth/api-keys', { name: 'x', serviceIds: ['wiki'] })).status).toBe(403);
    const heir = await caller.call<ApiKeyCreated>('POST', '/api/auth/api-keys', { name: 'heir' });
    expect([heir.serviceIds, heir.scopes]).toEqual([['crm'], ['tools:use']]);
  });

  it('never answers with a secret it showed before, nor with a hash', async () => {
    const { secret } = await ann.call<ApiKeyCreated>('POST', '/api/auth/api-keys', { name: 'shown once' });
    const { items } = await owner.call<{ items: User[] }>('GET', '/api/users');
    const id = items.find(({ email }) => email === 'ann@example.org')?.id ?? '';
    const answers = await Promise.all(
      ['/api/users', '/api/auth/api-keys', `/api/auth/api-keys?userId=${id}`, '/api/embed/apps'].map(async (path) =>
        (await owner.fetch('GET', path)).text(),
      ),
    );
    expect(answers.join()).not.toMatch(new RegExp(`${secret}|argon2|Hash`));
  });

  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('is refused to %s that uses the cookie, sign-in included', async (_, headers) => {
    const before = auth.trail.changes.length;
    const forged = await owner.fetch('POST', '/api/groups', { name: 'Forged' }, headers);
    const login = await auth
      .anonymous()
      .fetch('POST', '/api/auth/login', { email: 'ann@example.org', password: PASSWORD }, headers);
    expect([forged.status, login.status]).toEqual([403, 403]);
    expect(auth.trail.changes).toHaveLength(before);
  });

  it('takes nothing but JSON', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await owner.fetch('POST', '/api/groups', { name: 'Form' }, { 'content-type': type })).status).toBe(415);
    }
  });
});

const short = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 40);
