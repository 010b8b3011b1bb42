import { startAuthApp, type AuthApp } from '../../../spec/auth-app.js';

describe('the throttle', () => {
  let auth: AuthApp;

  beforeAll(async () => void (auth = await startAuthApp({ throttled: true })));
  afterAll(() => auth.close());

  it('stops an address that signs in too often, whatever it sends, and says when to come back', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 60; n += 1) statuses.push((await auth.anonymous().fetch('POST', '/api/auth/login', {})).status);
    const over = await auth.anonymous().fetch('POST', '/api/auth/login', {});
    expect(new Set(statuses)).toEqual(new Set([400]));
    expect([over.status, Number(over.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await over.json()).toMatchObject({ error: { code: 'rate_limited' } });
  });

  it('counts each route on its own', async () => {
    expect((await auth.anonymous().fetch('GET', '/api/setup')).status).toBe(200);
  });
});
