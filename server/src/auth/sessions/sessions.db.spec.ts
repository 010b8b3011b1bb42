import type { ApiCaller, TestDatabase } from '@gatehouse/testing';
import { DataSource } from 'typeorm';
import { OWNER, newDatabase, startAuthApp, type AuthApp } from '../../../spec/auth-app.js';
import { databaseKind } from '../../platform/index.js';
import { LastUse } from '../credentials/last-use.js';
import type { User } from '../users/user.dto.js';
import { SessionKeeper } from './session-keeper.js';
import { SessionRecord } from './session.entity.js';

const PASSWORD = 'a password of ours';
const ME = '/api/auth/me';

const status = async (caller: ApiCaller): Promise<number> => (await caller.fetch('GET', ME)).status;

const outcome = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { error: { code: string } }).error.code,
];

describe('sessions', () => {
  let auth: AuthApp;
  let owner: ApiCaller;
  let ann: User;

  beforeEach(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
    const draft = { email: 'ann@example.org', displayName: 'Ann', password: PASSWORD };
    ann = await owner.call<User>('POST', '/api/users', draft);
  });

  afterEach(() => auth.close());

  const signIn = (): Promise<ApiCaller> => auth.signIn(ann.email, PASSWORD);

  it('are in a cookie that no script reads and no other site sends', async () => {
    const answer = await auth.anonymous().fetch('POST', '/api/auth/login', { email: ann.email, password: PASSWORD });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-gatehouse=[\w-]{43};/);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(attribute);
    expect(cookie).not.toContain('Domain');
  });

  it('end after 30 minutes without use', async () => {
    const caller = await signIn();
    auth.clock.forward(29);
    expect(await status(caller)).toBe(200);
    auth.clock.forward(29);
    expect(await status(caller)).toBe(200);
    auth.clock.forward(30);
    expect(await status(caller)).toBe(401);
  });

  it('end after twelve hours of use', async () => {
    const caller = await signIn();
    for (let quarter = 0; quarter < 47; quarter += 1) {
      auth.clock.forward(15);
      expect(await status(caller)).toBe(200);
    }
    auth.clock.forward(15);
    expect(await status(caller)).toBe(401);
  });

  it('are another one after each sign-in, and the one before is over', async () => {
    const before = await signInCookie(auth);
    const after = await signInCookie(auth, before);
    expect(after).not.toBe(before);
    expect([await withCookie(auth, after), await withCookie(auth, before)]).toEqual([200, 401]);
  });

  it('end with a logout', async () => {
    const cookie = await signInCookie(auth);
    const { status, headers } = await auth.anonymous().fetch('POST', '/api/auth/logout', undefined, { cookie });
    expect([status, headers.getSetCookie()[0]]).toEqual([204, expect.stringContaining('__Host-gatehouse=;')]);
    expect(await withCookie(auth, cookie)).toBe(401);
  });

  it('are not believed when two come in one request', async () => {
    const cookie = await signInCookie(auth);
    expect(await withCookie(auth, `${cookie}; ${await signInCookie(auth)}`)).toBe(401);
  });

  it.each([{ roles: ['auditor'] }, { enabled: false }, { password: 'set by the owner' }])(
    'end when an administrator sets %j',
    async (fields) => {
      const [one, two] = [await signIn(), await signIn()];
      await owner.call('PUT', `/api/users/${ann.id}`, { version: 1, ...fields });
      expect([await status(one), await status(two), await status(owner)]).toEqual([401, 401, 200]);
    },
  );

  it('do not end when only the name changes', async () => {
    const caller = await signIn();
    await owner.call('PUT', `/api/users/${ann.id}`, { version: 1, displayName: 'Anna' });
    expect((await caller.call<{ displayName: string }>('GET', ME)).displayName).toBe('Anna');
  });

  it('end with their user', async () => {
    const caller = await signIn();
    await owner.call('DELETE', `/api/users/${ann.id}`);
    expect(await status(caller)).toBe(401);
  });

  it('end elsewhere, but not here, when people change their password', async () => {
    const [here, elsewhere] = [await signIn(), await signIn()];
    const change = { currentPassword: PASSWORD, newPassword: 'another of our own' };
    await here.call('POST', '/api/auth/password', change);
    expect([await status(here), await status(elsewhere)]).toEqual([200, 401]);
    await expect(signIn()).rejects.toThrow('login_failed');
    await auth.signIn(ann.email, 'another of our own');
  });

  it('do not change a password without the current one, and brake those who guess it', async () => {
    const caller = await signIn();
    const guess = { currentPassword: 'guess', newPassword: 'another of our own' };
    const guesses: unknown[] = [];
    for (let n = 0; n < 6; n += 1)
      guesses.push((await outcome(await caller.fetch('POST', '/api/auth/password', guess)))[1]);
    expect(guesses).toEqual([...Array<string>(5).fill('password_wrong'), 'rate_limited']);
  });

  it('are kept over a restart', async () => {
    const database: TestDatabase = await newDatabase();
    const first = await startAuthApp({ database });
    await first.owner();
    const cookie = await signInCookie(first, undefined, OWNER);
    await first.close();
    const second = await startAuthApp({ database });
    expect(await withCookie(second, cookie)).toBe(200);
    await second.close();
    await database.drop();
  });

  it('open for nobody whose account changed while the password was being checked', async () => {
    await expect(auth.app.get(SessionKeeper).open(ann.id, 'the hash before the change')).rejects.toMatchObject({
      code: 'login_failed',
    });
  });

  describe('while nothing can be stored', () => {
    const [jam, mend] =
      databaseKind() === 'sqlite'
        ? ['PRAGMA query_only = ON', 'PRAGMA query_only = OFF']
        : [
            `CREATE TRIGGER jam BEFORE INSERT ON auth_session FOR EACH ROW
             SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'Disk full'`,
            'DROP TRIGGER jam',
          ];

    beforeEach(() => auth.app.get(DataSource).query(jam));

    it('are opened all the same, for who knows the password', async () => {
      expect(await status(await signIn())).toBe(200);
      await expect(auth.signIn(ann.email, 'guess')).rejects.toThrow('login_failed');
      await expect(auth.app.get(SessionKeeper).open(ann.id, 'another hash')).rejects.toMatchObject({
        code: 'login_failed',
      });
    });

    it('end like any other', async () => {
      const [one, two] = [await signIn(), await signIn()];
      await auth.app.get(DataSource).query(mend);
      await one.call('POST', '/api/auth/logout');
      expect([await status(one), await status(two)]).toEqual([401, 200]);
      await owner.call('PUT', `/api/users/${ann.id}`, { version: 1, password: 'set by the owner' });
      expect(await status(two)).toBe(401);
    });
  });

  it('leave no row behind once they are over', async () => {
    await signIn();
    await auth.app.get(LastUse).flush();
    auth.clock.forward(61);
    await auth.app.get(SessionKeeper).sweep();
    expect(await auth.app.get(DataSource).manager.count(SessionRecord)).toBe(0);
  });
});

describe('signing in', () => {
  let auth: AuthApp;
  let owner: ApiCaller;

  beforeAll(async () => {
    auth = await startAuthApp();
    owner = await auth.owner();
    const people = ['ann', 'off', 'guessed'].map((name) => ({
      email: `${name}@example.org`,
      displayName: name,
      password: PASSWORD,
    }));
    for (const draft of people) await owner.call('POST', '/api/users', draft);
    const { items } = await owner.call<{ items: User[] }>('GET', '/api/users?q=off@');
    await owner.call('PUT', `/api/users/${items[0]?.id}`, { version: 1, enabled: false });
    await owner.call('POST', '/api/users', { email: 'nopassword@example.org', displayName: 'N' });
  });

  afterAll(() => auth.close());

  it.each([
    ['an unknown address', 'nobody@example.org', PASSWORD],
    ['a wrong password', 'ann@example.org', 'wrong'],
    ['a disabled account', 'off@example.org', PASSWORD],
    ['an account without a password', 'nopassword@example.org', 'nobody has this password'],
  ])('answers %s like any other failure', async (_, email, password) => {
    const answer = await auth.anonymous().fetch('POST', '/api/auth/login', { email, password });
    expect(await outcome(answer)).toEqual([401, 'login_failed']);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('is held after five failures, also for the right password, and says for how long', async () => {
    const attempt = (password: string) =>
      auth.anonymous().fetch('POST', '/api/auth/login', { email: 'guessed@example.org', password });
    for (let n = 0; n < 5; n += 1) expect((await attempt('guess')).status).toBe(401);
    const held = await attempt(PASSWORD);
    expect(held.status).toBe(429);
    expect(held.headers.get('retry-after')).toBe('30');
    auth.clock.forward(1);
    expect((await attempt(PASSWORD)).status).toBe(200);
  });

  it('takes an address in any spelling', async () => {
    await auth.signIn(' Ann@EXAMPLE.org ', PASSWORD);
  });
});

/** Ann's cookie after a sign-in, in a browser that may hold another one already. */
async function signInCookie(
  auth: AuthApp,
  held?: string,
  login = { email: 'ann@example.org', password: PASSWORD },
): Promise<string> {
  const answer = await auth.anonymous().fetch('POST', '/api/auth/login', login, held ? { cookie: held } : {});
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}

const withCookie = async (auth: AuthApp, cookie: string): Promise<number> =>
  (await auth.anonymous().fetch('GET', ME, undefined, { cookie })).status;
