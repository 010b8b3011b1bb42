import type { TestDatabase } from '@gatehouse/testing';
import { OWNER, newDatabase, startAuthApp, type AuthApp } from '../../../spec/auth-app.js';
import { EventBus } from '../../platform/index.js';
import { SetupGate } from './setup-gate.js';

const tokenOf = (auth: AuthApp): string => auth.app.get(SetupGate).link(auth.url)?.split('#token=')[1] ?? '';

const statusAndCode = async (response: Response): Promise<unknown[]> => [
  response.status,
  ((await response.json()) as { error?: { code: string } }).error?.code,
];

describe('the set-up', () => {
  let auth: AuthApp;

  beforeEach(async () => void (auth = await startAuthApp()));
  afterEach(() => auth.close());

  it('makes the owner, signs in and says that it is done', async () => {
    const done: string[] = [];
    auth.app.get(EventBus).subscribe('setup.completed', ({ userId }) => void done.push(userId));
    const owner = await auth.owner();
    const me = await owner.call<{ id: string; roles: string[] }>('GET', '/api/auth/me');
    expect(me.roles).toEqual(['owner']);
    expect(done).toEqual([me.id]);
    expect(await auth.anonymous().call('GET', '/api/setup')).toEqual({ required: false });
    expect(auth.app.get(SetupGate).link(auth.url)).toBeNull();
  });

  it('has its token behind the # of a link, where no server log sees it', () => {
    expect(auth.app.get(SetupGate).link('http://localhost:8080/')).toMatch(
      /^http:\/\/localhost:8080\/admin\/setup#token=[\w-]{43}$/,
    );
  });

  it('refuses another token, and a second owner', async () => {
    const wrong = await auth.anonymous().fetch('POST', '/api/setup', { token: 'guess', ...OWNER });
    expect(await statusAndCode(wrong)).toEqual([403, 'setup_token_invalid']);
    const token = tokenOf(auth);
    await auth.owner();
    const second = await auth.anonymous().fetch('POST', '/api/setup', { token, ...OWNER });
    expect(await statusAndCode(second)).toEqual([410, 'setup_done']);
  });

  it('makes exactly one owner of ten who come at once', async () => {
    const token = tokenOf(auth);
    const drafts = Array.from({ length: 10 }, (_, n) => ({
      token,
      email: `o${n}@example.org`,
      password: OWNER.password,
    }));
    const answers = await Promise.all(drafts.map((draft) => auth.anonymous().fetch('POST', '/api/setup', draft)));
    const statuses = answers.map((answer) => answer.status).sort();
    expect(statuses).toEqual([201, ...Array<number>(9).fill(410)]);
  });

  it('leaves no owner behind when the trail cannot be written', async () => {
    auth.trail.failNext = true;
    const answer = await auth.anonymous().fetch('POST', '/api/setup', { token: tokenOf(auth), ...OWNER });
    expect(answer.status).toBe(500);
    expect(await auth.anonymous().call('GET', '/api/setup')).toEqual({ required: true });
    await auth.owner();
  });
});

describe('an owner in the configuration', () => {
  const environment = { GATEHOUSE_OWNER_EMAIL: 'Boss@example.org', GATEHOUSE_OWNER_PASSWORD: 'as configured by ops' };
  let database: TestDatabase;

  beforeEach(async () => void (database = await newDatabase()));
  afterEach(() => database.drop());

  it('is created at the first start and ignored at the next, whatever it says then', async () => {
    const first = await startAuthApp({ database, environment });
    const boss = await first.signIn('boss@example.org', 'as configured by ops');
    expect((await boss.call<{ roles: string[] }>('GET', '/api/auth/me')).roles).toEqual(['owner']);
    await first.close();

    const second = await startAuthApp({
      database,
      environment: { ...environment, GATEHOUSE_OWNER_PASSWORD: 'something else now' },
    });
    await second.signIn('boss@example.org', 'as configured by ops');
    await expect(second.signIn('boss@example.org', 'something else now')).rejects.toThrow('login_failed');
    await second.close();
  });
});
