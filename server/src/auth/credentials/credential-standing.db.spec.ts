import type { ApiCaller } from '@gatehouse/testing';
import { startAuthApp, type AuthApp } from '../../../spec/auth-app.js';
import type { ApiKeyCreated } from '../api-keys/api-key.dto.js';
import { Authenticator } from '../authenticator.js';
import type { User } from '../users/user.dto.js';
import { CredentialStanding, keptOf, type KeptPrincipal } from './credential-standing.js';

const PASSWORD = 'a password of ours';

describe('acting for somebody later', () => {
  let auth: AuthApp;
  let owner: ApiCaller;
  let ann: ApiCaller;
  let standing: CredentialStanding;
  let annId: string;

  beforeAll(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
    const draft = { email: 'ann@example.org', displayName: 'Ann', password: PASSWORD };
    annId = (await owner.call<User>('POST', '/api/users', draft)).id;
    ann = await auth.signIn(draft.email, PASSWORD);
    standing = auth.app.get(CredentialStanding);
  });

  afterAll(() => auth.close());

  const keptByKey = async (secret: string): Promise<KeptPrincipal> => {
    const principal = await auth.app.get(Authenticator).authenticate({ authorization: `Bearer ${secret}` });
    // As a row keeps it.
    return JSON.parse(JSON.stringify(keptOf(principal))) as KeptPrincipal;
  };
  const newKey = (draft: object = {}) =>
    ann.call<ApiKeyCreated>('POST', '/api/auth/api-keys', { name: 'key', ...draft });

  it('is possible by a key with what the key was limited to, until it is revoked', async () => {
    const { id, secret } = await newKey({ serviceIds: ['crm'] });
    const kept = await keptByKey(secret);
    expect(await standing.renew(kept)).toMatchObject({
      userId: annId,
      permissions: new Set(['tools:use']),
      serviceIds: new Set(['crm']),
      credential: { kind: 'api-key', id },
    });
    expect(await standing.mayGoOn(kept)).toBe(true);
    await ann.call('DELETE', `/api/auth/api-keys/${id}`);
    expect([await standing.renew(kept), await standing.mayGoOn(kept)]).toEqual([undefined, false]);
  });

  it('is never possible with more than they came with, nor by another person’s key', async () => {
    const { secret } = await newKey();
    const kept = await keptByKey(secret);
    const { id } = await owner.call<{ id: string }>('GET', '/api/auth/me');
    expect((await standing.renew({ ...kept, permissions: ['users:write', 'tools:use'] }))?.permissions).toEqual(
      new Set(['tools:use']),
    );
    expect(await standing.renew({ ...kept, userId: id })).toBeUndefined();
  });

  it('is not possible when the account is off, whatever the credential', async () => {
    const { secret } = await newKey();
    const kept = await keptByKey(secret);
    const { version } = await owner.call<User>('GET', `/api/users/${annId}`);
    await owner.call('PUT', `/api/users/${annId}`, { enabled: false, version });
    const bySession: KeptPrincipal = { ...kept, credential: { kind: 'session', id: 's', name: 'ann' } };
    for (const each of [kept, bySession])
      expect([await standing.renew(each), await standing.mayGoOn(each)]).toEqual([undefined, false]);
  });

  it('is not possible by a session that was ended, though what it began goes on', async () => {
    const { id, email } = await owner.call<User>('GET', '/api/auth/me');
    const bySession: KeptPrincipal = {
      userId: id,
      email,
      displayName: 'Owner',
      permissions: [],
      credential: { kind: 'session', id: 'ended', name: email },
      serviceIds: null,
    };
    expect([await standing.renew(bySession), await standing.mayGoOn(bySession)]).toEqual([undefined, true]);
  });
});
