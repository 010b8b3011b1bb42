import { mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGatehouse, type RunningGatehouse } from '@gatehouse/testing';
import { OWNER, refusal } from '../support/product.js';

describe('a fresh installation', () => {
  let dataDir: string;
  let gatehouse: RunningGatehouse;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-first-'));
    gatehouse = await startGatehouse({ dataDir });
  });

  afterAll(async () => {
    if (!gatehouse.ending) await gatehouse.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('has no account and says so', async () => {
    expect(await gatehouse.caller().call('GET', '/api/setup')).toEqual({ required: true });
    expect(await refusal(gatehouse.caller(), 'POST', '/api/auth/login', OWNER)).toMatchObject({
      status: 401,
      code: 'login_failed',
    });
  });

  it('refuses a guessed set-up token', async () => {
    const answer = await refusal(gatehouse.caller(), 'POST', '/api/setup', { token: 'x'.repeat(43), ...OWNER });
    expect(answer).toMatchObject({ status: 403, code: 'setup_token_invalid' });
  });

  it('makes exactly one owner through the printed link, also when several try at once', async () => {
    const link = gatehouse.setupLink ?? '';
    const attempts = [1, 2, 3].map((n) => gatehouse.caller().setUp(link, { ...OWNER, email: `owner${n}@example.org` }));
    const results = await Promise.allSettled(attempts);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(gatehouse.caller(), 'POST', '/api/setup', { token: 'x'.repeat(43), ...OWNER })).toMatchObject({
      status: 410,
      code: 'setup_done',
    });
  });

  it('keeps its key file to itself and no password in its database', async () => {
    expect((await stat(join(dataDir, 'keys', 'root.json'))).mode & 0o077).toBe(0);
    const database = await readFile(join(dataDir, 'gatehouse.sqlite'), 'latin1');
    expect(database).not.toContain(OWNER.password);
    expect(gatehouse.logs).not.toContain(OWNER.password);
  });

  it('refuses a second process on the same data', async () => {
    await expect(startGatehouse({ dataDir })).rejects.toThrow(/Another Gatehouse/);
  });

  it('starts again where it was, without a set-up link', async () => {
    await gatehouse.stop();
    gatehouse = await startGatehouse({ dataDir });
    expect(await gatehouse.caller().call('GET', '/api/setup')).toEqual({ required: false });
    expect(gatehouse.setupLink).toBeUndefined();
  });

  it('starts again after a kill', async () => {
    await gatehouse.kill();
    gatehouse = await startGatehouse({ dataDir });
    expect(await gatehouse.caller().call('GET', '/api/setup')).toEqual({ required: false });
  });

  it('does not start without the keys of its secrets, and says so by lines of its sources', async () => {
    await gatehouse.stop();
    await rename(join(dataDir, 'keys'), join(dataDir, 'keys-elsewhere'));
    await expect(startGatehouse({ dataDir })).rejects.toThrow(/root\.json does not exist[\s\S]*key-ring\.ts:\d+/);
  });
});

describe('a wrong configuration', () => {
  it('is named whole, and the process exits with 78', async () => {
    const start = startGatehouse({ env: { LOG_LEVEL: 'loud', DATABASE_URL: 'postgres://x' } });
    await expect(start).rejects.toThrow(/exit 78[\s\S]*DATABASE_URL[\s\S]*LOG_LEVEL/);
  });
});
