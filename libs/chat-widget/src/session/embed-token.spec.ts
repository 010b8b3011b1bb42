import { jest } from '@jest/globals';

import { SignInNeeded, TokenKeeper, withToken, type GetToken } from './embed-token.js';

const aClock = () => {
  let at = Date.parse('2026-01-01T00:00:00Z');
  return { now: () => at, pass: (ms: number) => (at += ms), in: (ms: number) => new Date(at + ms).toISOString() };
};

describe('TokenKeeper', () => {
  it('asks once, however many ask it', async () => {
    const getToken = jest.fn<GetToken>().mockResolvedValue('ghe_1');
    const keeper = new TokenKeeper(() => getToken);
    expect(await Promise.all([keeper.current(), keeper.current()])).toEqual(['ghe_1', 'ghe_1']);
    expect(await keeper.current()).toBe('ghe_1');
    expect(getToken.mock.calls).toEqual([['open']]);
  });

  it('asks for a new one at 80 % of its life', async () => {
    const clock = aClock();
    const getToken = jest.fn<GetToken>(() => Promise.resolve({ token: 'ghe_1', expiresAt: clock.in(100_000) }));
    const keeper = new TokenKeeper(() => getToken, clock.now);
    await keeper.current();
    clock.pass(79_999);
    await keeper.current();
    expect(getToken).toHaveBeenCalledTimes(1);
    clock.pass(1);
    await keeper.current();
    expect(getToken.mock.calls).toEqual([['open'], ['refresh']]);
  });

  it('supposes the longest life when the host gives only the token', async () => {
    const clock = aClock();
    const getToken = jest.fn<GetToken>().mockResolvedValue('ghe_1');
    const keeper = new TokenKeeper(() => getToken, clock.now);
    await keeper.current();
    clock.pass(720_000);
    await keeper.current();
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it.each<[string, GetToken | undefined]>([
    ['no getToken', undefined],
    ['a getToken that fails', () => Promise.reject(new Error('401'))],
    ['an API key', () => Promise.resolve('ghk_1')],
    ["the app's secret", () => Promise.resolve('gha_1')],
    ['nothing', () => Promise.resolve('')],
  ])('asks the person to sign in when the host has %s', async (_, getToken) => {
    await expect(new TokenKeeper(() => getToken).current()).rejects.toThrow(SignInNeeded);
  });

  it('asks again after a failure', async () => {
    const getToken = jest.fn<GetToken>().mockRejectedValueOnce(new Error('401')).mockResolvedValue('ghe_2');
    const keeper = new TokenKeeper(() => getToken);
    await expect(keeper.current()).rejects.toThrow(SignInNeeded);
    expect(await keeper.current()).toBe('ghe_2');
  });
});

describe('withToken', () => {
  const answering = (...statuses: number[]) =>
    jest.fn<typeof fetch>(() => Promise.resolve({ status: statuses.shift() ?? 200 } as Response));
  const keeper = () => {
    let count = 0;
    return new TokenKeeper(() => () => Promise.resolve(`ghe_${++count}`));
  };
  const sentTokens = (send: ReturnType<typeof answering>) =>
    send.mock.calls.map(([, init]) => new Headers(init?.headers).get('authorization'));

  it('sends the token, keeps other headers and never cookies', async () => {
    const send = answering(200);
    await withToken(keeper(), send)('/x', { headers: { accept: 'a' }, credentials: 'include' });
    const init = send.mock.calls[0]?.[1];
    expect(new Headers(init?.headers).get('accept')).toBe('a');
    expect(sentTokens(send)).toEqual(['Bearer ghe_1']);
    expect(init?.credentials).toBe('omit');
  });

  it('tries once more with a new token after a 401, and not a third time', async () => {
    const send = answering(401, 401, 200);
    const response = await withToken(keeper(), send)('/x');
    expect(sentTokens(send)).toEqual(['Bearer ghe_1', 'Bearer ghe_2']);
    expect(response.status).toBe(401);
  });

  it('lets other refusals pass', async () => {
    const send = answering(403);
    expect((await withToken(keeper(), send)('/x')).status).toBe(403);
    expect(send).toHaveBeenCalledTimes(1);
  });
});
