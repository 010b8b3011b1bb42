import type { ApiCaller } from '@gatehouse/testing';
import { OWNER, startAuthApp, type AuthApp } from '../../../spec/auth-app.js';
import { AccountDirectory } from '../directory/account-directory.js';
import type { User } from './user.dto.js';

const PASSWORD = 'a password of ours';

const outcome = async (response: Response): Promise<unknown[]> => {
  const body = (await response.json()) as { error?: { code: string } };
  return [response.status, body.error?.code];
};

describe('users', () => {
  let auth: AuthApp;
  let owner: ApiCaller;
  let people = 0;

  const create = (roles: string[], caller = owner): Promise<User> =>
    caller.call<User>('POST', '/api/users', {
      email: `person${(people += 1)}@example.org`,
      displayName: 'Person',
      password: PASSWORD,
      roles,
    });

  const signedIn = async (...roles: string[]): Promise<ApiCaller> => auth.signIn((await create(roles)).email, PASSWORD);

  const ownId = async (caller: ApiCaller): Promise<string> =>
    (await caller.call<{ id: string }>('GET', '/api/auth/me')).id;

  const change = async (caller: ApiCaller, id: string, fields: object): Promise<Response> => {
    const { version } = await owner.call<User>('GET', `/api/users/${id}`);
    return caller.fetch('PUT', `/api/users/${id}`, { version, ...fields });
  };

  beforeAll(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
  });

  afterAll(() => auth.close());

  describe('rights that one does not have', () => {
    let admin: ApiCaller;

    beforeAll(async () => void (admin = await signedIn('admin')));

    it('cannot be given to a new user', async () => {
      const draft = { email: 'new@example.org', displayName: 'New', roles: ['owner'] };
      expect(await outcome(await admin.fetch('POST', '/api/users', draft))).toEqual([403, 'privilege_escalation']);
    });

    it('cannot be given to somebody who is there', async () => {
      const { id } = await create(['member']);
      expect(await outcome(await change(admin, id, { roles: ['owner'] }))).toEqual([403, 'privilege_escalation']);
    });

    it('cannot be given to oneself', async () => {
      const response = await change(admin, await ownId(admin), { roles: ['owner', 'admin'] });
      expect(await outcome(response)).toEqual([403, 'privilege_escalation']);
    });

    it.each([
      { password: 'chosen by an admin' },
      { roles: ['member'] },
      { enabled: false },
      { email: 'mine@example.org' },
    ])('cannot be taken over from a user who has them: %j', async (fields) => {
      const { id } = await create(['owner']);
      expect(await outcome(await change(admin, id, fields))).toEqual([403, 'privilege_escalation']);
      expect(await outcome(await admin.fetch('DELETE', `/api/users/${id}`))).toEqual([403, 'privilege_escalation']);
    });

    it('cannot be put into a role by somebody who may write roles', async () => {
      await owner.call('POST', '/api/roles', {
        name: 'role-writer',
        title: 'Role writer',
        permissions: ['roles:write'],
      });
      const writer = await signedIn('role-writer');
      const draft = { name: 'more', title: 'More', permissions: ['users:write'] };
      expect(await outcome(await writer.fetch('POST', '/api/roles', draft))).toEqual([403, 'privilege_escalation']);
    });

    it('cannot come along with a group for somebody who may not write groups', async () => {
      const { id } = await owner.call<{ id: string }>('POST', '/api/groups', { name: 'Vault' });
      const permissions = ['users:read', 'users:write', 'tools:use', 'chat:use', 'api-keys:own'];
      await owner.call('POST', '/api/roles', { name: 'hr', title: 'HR', permissions });
      const draft = { email: 'spy@example.org', displayName: 'Spy', password: PASSWORD, groupIds: [id] };
      const hr = await signedIn('hr');
      expect(await outcome(await hr.fetch('POST', '/api/users', draft))).toEqual([403, 'permission_missing']);
    });
  });

  describe('the last owner', () => {
    it('cannot be demoted, disabled or deleted, not even by themselves or by somebody with every permission', async () => {
      const own = await startAuthApp();
      try {
        const boss = await own.owner();
        const me = await boss.call<{ id: string; permissions: string[] }>('GET', '/api/auth/me');
        await boss.call('POST', '/api/roles', { name: 'all', title: 'All', permissions: me.permissions });
        await boss.call('POST', '/api/users', {
          email: 'a@example.org',
          displayName: 'A',
          password: PASSWORD,
          roles: ['all'],
        });
        const equal = await own.signIn('a@example.org', PASSWORD);
        for (const caller of [boss, equal]) {
          const path = `/api/users/${me.id}`;
          const { version } = await boss.call<User>('GET', path);
          expect(await outcome(await caller.fetch('PUT', path, { version, roles: ['all'] }))).toEqual([
            409,
            'last_owner',
          ]);
          expect(await outcome(await caller.fetch('PUT', path, { version, enabled: false }))).toEqual([
            409,
            'last_owner',
          ]);
          expect(await outcome(await caller.fetch('DELETE', path))).toEqual([409, 'last_owner']);
        }
        expect((await boss.call<User>('GET', `/api/users/${me.id}`)).roles).toEqual(['owner']);
      } finally {
        await own.close();
      }
    });

    it('remains when two owners demote each other at the same moment', async () => {
      const own = await startAuthApp();
      try {
        const first = await own.owner();
        const draft = { email: 'b@example.org', displayName: 'B', password: PASSWORD, roles: ['owner'] };
        const other = await first.call<User>('POST', '/api/users', draft);
        const second = await own.signIn(other.email, PASSWORD);
        const me = await first.call<{ id: string }>('GET', '/api/auth/me');
        await Promise.all([
          first.fetch('PUT', `/api/users/${other.id}`, { version: 1, roles: ['member'] }),
          second.fetch('PUT', `/api/users/${me.id}`, { version: 1, roles: ['member'] }),
        ]);
        expect(own.app.get(AccountDirectory).hasOwner()).toBe(true);
      } finally {
        await own.close();
      }
    });
  });

  describe('oneself', () => {
    it('cannot be disabled, demoted or deleted, nor given a password without the current one', async () => {
      const other = await signedIn('owner');
      const id = await ownId(other);
      for (const fields of [{ enabled: false }, { roles: ['member'] }, { password: 'without the old one' }]) {
        expect(await outcome(await change(other, id, fields))).toEqual([409, 'own_account']);
      }
      expect(await outcome(await other.fetch('DELETE', `/api/users/${id}`))).toEqual([409, 'own_account']);
    });
  });

  it('are changed once for each version that was read', async () => {
    const { id } = await create(['member']);
    const change = (displayName: string) => owner.fetch('PUT', `/api/users/${id}`, { version: 1, displayName });
    const answers = await Promise.all([change('A'), change('B')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(await outcome(await change('C'))).toEqual([412, 'stale_version']);
  });

  it('have one e-mail address each, whatever its case', async () => {
    const { email } = await create(['member']);
    const twin = { email: email.toUpperCase(), displayName: 'Twin' };
    expect(await outcome(await owner.fetch('POST', '/api/users', twin))).toEqual([409, 'conflict']);
    const { id } = await create(['member']);
    expect(await outcome(await change(owner, id, { email }))).toEqual([409, 'conflict']);
  });

  it('are found by a part of address or name, wildcards taken literally', async () => {
    await owner.call('POST', '/api/users', { email: 'lin@example.org', displayName: '林 100%_x' });
    const search = async (q: string) => {
      const { items } = await owner.call<{ items: User[] }>('GET', `/api/users?q=${encodeURIComponent(q)}`);
      return items.map(({ email }) => email);
    };
    expect(await search('林')).toEqual(['lin@example.org']);
    expect(await search('LIN@')).toEqual(['lin@example.org']);
    expect(await search('0%_')).toEqual(['lin@example.org']);
    expect(await search('0%x')).toEqual([]);
  });

  it('come page by page, each exactly once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${cursor}` : '';
      const page: { items: User[]; nextCursor: string | null } = await owner.call('GET', `/api/users?limit=3${query}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ email }) => email));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual([...new Set(seen)].sort());
    expect(seen).toContain(OWNER.email);
  });

  it('stay as they were when the trail cannot be written', async () => {
    const { id } = await create(['member']);
    auth.trail.failNext = true;
    expect((await change(owner, id, { displayName: 'Other', roles: ['auditor'] })).status).toBe(500);
    const after = await owner.call<User>('GET', `/api/users/${id}`);
    expect([after.displayName, after.roles, after.version]).toEqual(['Person', ['member'], 1]);
  });

  it('put what changed on the trail, and never a password', async () => {
    const { id } = await create(['member']);
    await change(owner, id, { displayName: 'Other', password: 'secret of the trail' });
    const last = auth.trail.changes.at(-1);
    expect(last).toMatchObject({
      action: 'user.update',
      actor: { label: OWNER.email },
      changes: { displayName: { before: 'Person', after: 'Other' } },
    });
    expect(JSON.stringify(auth.trail.changes)).not.toContain('secret of the trail');
    expect(JSON.stringify(auth.trail.changes)).not.toContain('argon2');
  });
});
