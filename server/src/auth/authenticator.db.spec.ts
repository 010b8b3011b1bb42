import { request as httpRequest } from 'node:http';
import type { ApiCaller } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { startAuthApp, type AuthApp } from '../../spec/auth-app.js';
import { EventBus } from '../platform/index.js';
import { Authenticator } from './authenticator.js';
import type { ApiKeyCreated } from './api-keys/api-key.dto.js';
import { LastUse } from './credentials/last-use.js';
import type { User } from './users/user.dto.js';

const PASSWORD = 'a password of ours';

describe('the Authenticator', () => {
  let auth: AuthApp;
  let owner: ApiCaller;
  let ann: ApiCaller;
  let annId: string;
  let authenticator: Authenticator;

  const withKey = (secret: string) => authenticator.authenticate({ authorization: `Bearer ${secret}` });
  const newKey = (draft: object = {}) =>
    ann.call<ApiKeyCreated>('POST', '/api/auth/api-keys', { name: 'key', ...draft });
  const refused = (code: string) => expect.objectContaining({ code, status: 401 }) as Error;

  beforeAll(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
    const draft = { email: 'ann@example.org', displayName: 'Ann', password: PASSWORD };
    annId = (await owner.call<User>('POST', '/api/users', draft)).id;
    ann = await auth.signIn(draft.email, PASSWORD);
    authenticator = auth.app.get(Authenticator);
  });

  afterAll(() => auth.close());

  it('knows an API key, with its scopes, its services and its name', async () => {
    const { id, secret } = await newKey({ name: 'robot', serviceIds: ['crm'] });
    expect(await withKey(secret)).toMatchObject({
      userId: annId,
      permissions: new Set(['tools:use']),
      serviceIds: new Set(['crm']),
      credential: { kind: 'api-key', id, name: 'robot' },
    });
  });

  it('narrows a key to what its user may still do', async () => {
    const { secret } = await newKey({ scopes: ['tools:use', 'api-keys:own'] });
    const { id } = await owner.call<{ id: string }>('GET', '/api/auth/me');
    const own = await owner.call<ApiKeyCreated>('POST', '/api/auth/api-keys', {
      name: 'k',
      scopes: ['users:read', 'tools:use'],
    });
    expect((await withKey(own.secret)).permissions).toEqual(new Set(['users:read', 'tools:use']));
    expect(id).not.toBe(annId);
    expect((await withKey(secret)).permissions).toEqual(new Set(['tools:use', 'api-keys:own']));
  });

  it('needs no query for a key that it knows', async () => {
    const { secret } = await newKey();
    await withKey(secret);
    const queries: string[] = [];
    const { driver } = auth.app.get(DataSource);
    const create = driver.createQueryRunner.bind(driver);
    driver.createQueryRunner = (mode) => (queries.push('asked'), create(mode));
    try {
      await withKey(secret);
    } finally {
      driver.createQueryRunner = create;
    }
    expect(queries).toEqual([]);
  });

  it('refuses a key from the tick on in which its revocation is told', async () => {
    const { id, secret } = await newKey();
    await withKey(secret);
    const tried: Promise<unknown>[] = [];
    const stop = auth.app.get(EventBus).subscribe('credential.revoked', (revoked) => {
      if (revoked.id === id) tried.push(withKey(secret).catch((error: unknown) => error));
    });
    await ann.call('DELETE', `/api/auth/api-keys/${id}`);
    stop();
    expect(await Promise.all(tried)).toEqual([refused('api_key_invalid')]);
  });

  it('refuses a key from its expiry on', async () => {
    const expiresAt = new Date(auth.clock.now().getTime() + 60_000).toISOString();
    const { secret } = await newKey({ expiresAt });
    await withKey(secret);
    auth.clock.forward(1);
    await expect(withKey(secret)).rejects.toEqual(refused('api_key_invalid'));
    auth.clock.forward(-1);
  });

  it('refuses the keys of a disabled user at once, and takes them again afterwards', async () => {
    const { secret } = await newKey();
    await withKey(secret);
    const setEnabled = async (enabled: boolean) => {
      const { version } = await owner.call<User>('GET', `/api/users/${annId}`);
      await owner.call('PUT', `/api/users/${annId}`, { version, enabled });
    };
    await setEnabled(false);
    await expect(withKey(secret)).rejects.toEqual(refused('api_key_invalid'));
    await setEnabled(true);
    await withKey(secret);
    ann = await auth.signIn('ann@example.org', PASSWORD);
  });

  it('sees a new group in the next request', async () => {
    const { secret } = await newKey();
    const group = await owner.call<{ id: string }>('POST', '/api/groups', { name: 'Ops' });
    await owner.call('POST', `/api/groups/${group.id}/members`, { userId: annId });
    expect((await withKey(secret)).groupIds).toEqual(new Set([group.id]));
    await owner.call('DELETE', `/api/groups/${group.id}`);
    expect((await withKey(secret)).groupIds).toEqual(new Set());
  });

  it('sees new permissions of a role in the next request', async () => {
    const role = { name: 'reader', title: 'Reader', permissions: ['users:read'] };
    await owner.call('POST', '/api/roles', role);
    await owner.call('POST', '/api/users', {
      email: 'r@example.org',
      displayName: 'R',
      password: PASSWORD,
      roles: ['reader'],
    });
    const reader = await auth.signIn('r@example.org', PASSWORD);
    await owner.call('PUT', '/api/roles/reader', { ...role, permissions: ['groups:read'] });
    expect((await reader.fetch('GET', '/api/users')).status).toBe(403);
    expect((await reader.fetch('GET', '/api/groups')).status).toBe(200);
    expect((await owner.fetch('DELETE', '/api/roles/reader')).status).toBe(409);
  });

  it.each([
    ['nothing', {}, 'auth_required'],
    ['an unknown key', { authorization: `Bearer ghk_${'A'.repeat(43)}` }, 'api_key_invalid'],
    [
      'an unknown embed token',
      { authorization: `Bearer ghe_${'A'.repeat(43)}`, origin: 'https://a.example' },
      'embed_token_invalid',
    ],
    ['a token of nobody', { authorization: 'Bearer something' }, 'api_key_invalid'],
    ["an app's secret", { authorization: `Bearer gha_${'A'.repeat(43)}` }, 'api_key_invalid'],
    ['Basic', { authorization: 'Basic b3duZXI6cGFzc3dvcmQ=' }, 'auth_required'],
    ['an empty cookie', { cookie: '__Host-gatehouse=' }, 'auth_required'],
    ['a cookie of another name', { cookie: 'gatehouse=abc; __Secure-gatehouse=abc' }, 'auth_required'],
  ])('refuses %s', async (_, carried, code) => {
    await expect(authenticator.authenticate(carried)).rejects.toEqual(refused(code));
  });

  it('does not fall back to the cookie when the header is wrong', async () => {
    expect((await ann.fetch('GET', '/api/auth/me')).status).toBe(200);
    expect((await ann.fetch('GET', '/api/auth/me', undefined, { authorization: 'Bearer ghk_wrong' })).status).toBe(401);
  });

  it('refuses two Authorization headers, which servers and proxies read differently', async () => {
    const { secret } = await newKey();
    const one = [['Authorization', `Bearer ${secret}`]];
    expect(await rawStatus(auth.url, one)).toBe(200);
    expect(await rawStatus(auth.url, [...one, ...one])).toBe(400);
  });

  it('refuses a credential in the address', async () => {
    const { secret } = await newKey();
    expect((await auth.anonymous().fetch('GET', `/api/auth/me?access_token=${secret}`)).status).toBe(400);
  });

  it('writes down when a key was used, once a minute and not before', async () => {
    const { id, secret } = await newKey();
    await withKey(secret);
    const lastUsed = async () => {
      const { items } = await ann.call<{ items: ApiKeyCreated[] }>('GET', '/api/auth/api-keys');
      return items.find((key) => key.id === id)?.lastUsedAt;
    };
    expect(await lastUsed()).toBeNull();
    await auth.app.get(LastUse).flush();
    expect(await lastUsed()).toBe(auth.clock.now().toISOString());
  });
});

/** Status of `GET /api/auth/me` with exactly these headers, repeated ones included. */
function rawStatus(url: string, headers: string[][]): Promise<number | undefined> {
  return new Promise((done, fail) => {
    const { host } = new URL(url);
    const raw = [['Host', host], ['Connection', 'close'], ...headers].flat();
    httpRequest(`${url}/api/auth/me`, { headers: raw }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    })
      .on('error', fail)
      .end();
  });
}
