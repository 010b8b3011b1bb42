import { ApiCaller } from '@gatehouse/testing';
import { startAuthApp, type AuthApp } from '../../../spec/auth-app.js';
import type { User } from '../users/user.dto.js';
import type { EmbedApp, EmbedAppCreated, EmbedSession } from './embed.dto.js';

const PAGE = 'https://intranet.example.org';
const OTHER = 'https://other.example.org';
/** Listed by the app as well, so that only the session's own origin keeps it out. */
const SIBLING = 'https://wiki.example.org';
const ME = '/api/auth/me';

const outcome = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
];

describe('embed sessions', () => {
  let auth: AuthApp;
  let owner: ApiCaller;
  let app: EmbedAppCreated;
  let apps = 0;

  const newApp = (fields: Partial<EmbedApp> = {}) =>
    owner.call<EmbedAppCreated>('POST', '/api/embed/apps', {
      name: `App ${(apps += 1)}`,
      allowedOrigins: [PAGE, SIBLING],
      ...fields,
    });

  const open = (draft: object = {}, secret = app.secret): Promise<Response> =>
    new ApiCaller(auth.url, secret).fetch('POST', '/api/embed/sessions', {
      user: { email: 'ann@example.org' },
      origin: PAGE,
      ...draft,
    });

  const opened = async (draft: object = {}, secret = app.secret) =>
    (await (await open(draft, secret)).json()) as EmbedSession;

  const visit = (token: string, origin: string | undefined, path = ME): Promise<Response> =>
    fetch(`${auth.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...(origin && { origin }) } });

  beforeAll(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
    await owner.call('POST', '/api/users', { email: 'ann@example.org', displayName: 'Ann', roles: ['owner'] });
  });

  beforeEach(async () => void (app = await newApp()));
  afterAll(() => auth.close());

  it('have the two permissions of the widget at most, even for an owner', async () => {
    const { token } = await opened();
    const me = (await (await visit(token, PAGE)).json()) as { permissions: string[]; via: string };
    expect(me.via).toBe('embed');
    expect(me.permissions.toSorted()).toEqual(['chat:use', 'tools:use']);
    expect((await visit(token, PAGE, '/api/users')).status).toBe(403);
  });

  it('can be narrowed to one of them', async () => {
    const { token } = await opened({ scopes: ['tools:use'] });
    expect(await (await visit(token, PAGE)).json()).toMatchObject({ permissions: ['tools:use'] });
  });

  it.each([
    ['another page', OTHER],
    ['another page of the same app', SIBLING],
    ['no page at all', undefined],
    ['a frame without an origin', 'null'],
    ['a page whose origin only starts alike', `${PAGE}.evil.example`],
    ['the same host over plain http', PAGE.replace('https', 'http')],
  ])('are refused from %s', async (_, origin) => {
    const { token } = await opened();
    expect(await outcome(await visit(token, origin))).toEqual([401, 'embed_token_invalid']);
  });

  it('work on our own pages, whose browsers send no Origin with a GET', async () => {
    const own = await newApp({ allowedOrigins: [auth.url] });
    const { token } = await opened({ origin: auth.url }, own.secret);
    const answer = await fetch(`${auth.url}${ME}`, {
      headers: { authorization: `Bearer ${token}`, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status).toBe(200);
  });

  it('end when their time is over', async () => {
    const { token, expiresAt } = await opened({ ttlSeconds: 60 });
    expect(Date.parse(expiresAt) - auth.clock.now().getTime()).toBe(60_000);
    expect((await visit(token, PAGE)).status).toBe(200);
    auth.clock.forward(1);
    expect((await visit(token, PAGE)).status).toBe(401);
    auth.clock.forward(-1);
  });

  it('end when the origin is taken from the app, its secret is rotated, or it is deleted', async () => {
    for (const act of [
      () => owner.call('PUT', `/api/embed/apps/${app.id}`, { version: 1, allowedOrigins: [OTHER] }),
      () => owner.call('POST', `/api/embed/apps/${app.id}/secret`),
      () => owner.call('DELETE', `/api/embed/apps/${app.id}`),
    ]) {
      app = await newApp();
      const { token } = await opened();
      expect((await visit(token, PAGE)).status).toBe(200);
      await act();
      expect((await visit(token, PAGE)).status).toBe(401);
    }
  });

  it('can be ended by the page itself', async () => {
    const { token } = await opened();
    const headers = { authorization: `Bearer ${token}`, origin: PAGE };
    expect((await fetch(`${auth.url}/api/auth/logout`, { method: 'POST', headers })).status).toBe(204);
    expect((await visit(token, PAGE)).status).toBe(401);
  });

  it('change neither password nor profile', async () => {
    const { token } = await opened();
    const headers = { authorization: `Bearer ${token}`, origin: PAGE, 'content-type': 'application/json' };
    const patch = await fetch(`${auth.url}${ME}`, { method: 'PATCH', headers, body: '{"displayName":"X"}' });
    expect(await outcome(patch)).toEqual([403, 'session_required']);
  });

  describe('are opened', () => {
    it('for an unknown user only when the app may create users', async () => {
      const draft = { user: { email: 'new@example.org', name: '新人', id: '4711' }, language: 'zh' };
      expect(await outcome(await open(draft))).toEqual([403, 'embed_user_unknown']);
      const generous = await newApp({ createUsers: true });
      const [first, second] = await Promise.all([open(draft, generous.secret), open(draft, generous.secret)]);
      expect([first.status, second.status]).toEqual([201, 201]);
      const { items } = await owner.call<{ items: User[] }>('GET', '/api/users?q=new@');
      expect(items).toEqual([
        expect.objectContaining({ displayName: '新人', roles: ['member'], source: 'embed', language: 'zh' }) as User,
      ]);
    });

    it('not for a disabled user', async () => {
      const user = await owner.call<User>('POST', '/api/users', { email: 'off@example.org', displayName: 'Off' });
      await owner.call('PUT', `/api/users/${user.id}`, { version: 1, enabled: false });
      expect(await outcome(await open({ user: { email: user.email } }))).toEqual([403, 'embed_user_unknown']);
    });

    it('not for an origin that the app does not list', async () => {
      expect(await outcome(await open({ origin: OTHER }))).toEqual([403, 'embed_origin_denied']);
    });

    it.each([
      ['a wrong secret', `gha_${'A'.repeat(43)}`],
      ['something else', 'x'],
    ])('not with %s', async (_, secret) => {
      expect(await outcome(await open({}, secret))).toEqual([401, 'embed_app_invalid']);
    });

    it('not without a secret, nor with a cookie', async () => {
      const answer = await owner.fetch('POST', '/api/embed/sessions', {
        user: { email: 'ann@example.org' },
        origin: PAGE,
      });
      expect(await outcome(answer)).toEqual([401, 'embed_app_invalid']);
    });

    it.each([
      { ttlSeconds: 901 },
      { scopes: ['users:write'] },
      { scopes: [] },
      { origin: `${PAGE}/` },
      { origin: '*' },
      { user: 'ann' },
      { user: { email: 'ann@example.org', roles: ['owner'] } },
      { user: [{ email: 'ann@example.org' }] },
      { appId: 'another' },
    ])('not with %j', async (draft) => {
      expect(await outcome(await open(draft))).toEqual([400, 'validation_failed']);
    });
  });
});

describe('pages of other origins', () => {
  let auth: AuthApp;

  beforeAll(async () => {
    auth = await startAuthApp();
    const owner = await auth.owner();
    await owner.call('POST', '/api/embed/apps', { name: 'Intranet', allowedOrigins: [PAGE] });
  });

  afterAll(() => auth.close());

  const preflight = (origin: string): Promise<Response> =>
    fetch(`${auth.url}/api/chat/conversations`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });

  it('may send our headers when an app lists them, and never cookies', async () => {
    const { status, headers } = await preflight(PAGE);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(PAGE);
    expect(headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('may read refusals too, so that the widget can say what is wrong', async () => {
    const { status, headers } = await fetch(`${auth.url}${ME}`, { headers: { origin: PAGE } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, PAGE]);
  });

  it.each(['null', OTHER, `${PAGE}.evil.example`, `${PAGE}:8443`, PAGE.replace('https', 'http')])(
    'get nothing when no app lists them: %s',
    async (origin) => {
      for (const answer of [await preflight(origin), await fetch(`${auth.url}${ME}`, { headers: { origin } })]) {
        expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
      }
    },
  );

  it('are told apart by caches', async () => {
    expect((await fetch(`${auth.url}${ME}`)).headers.get('vary')).toContain('Origin');
  });
});
