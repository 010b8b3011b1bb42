import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeMcpServer, waitFor, type ApiCaller, type RunningFakeMcp } from '@gatehouse/testing';
import { refusal, register, startProduct } from '../support/product.js';

interface Job {
  id: string;
  status: string;
  attempts: number;
  error: { code: string } | null;
}

const CALL = '/api/mcp/services/tools/tools';
/** Longer than any test: a call that is under way until somebody stops it. */
const FOR_EVER = { ms: 3_600_000 };

/** What a kill does to work that nobody waits for. */
describe('jobs', () => {
  let dataDir: string;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-jobs-'));
    fake = await startFakeMcpServer();
  });

  afterAll(async () => {
    await fake.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const callsOf = (tool: string): number => fake.state.calls.filter((each) => each.tool === tool).length;
  const start = async (owner: ApiCaller, tool: string, args: object): Promise<string> => {
    const response = await owner.fetch('POST', `${CALL}/${tool}`, { arguments: args }, { prefer: 'respond-async' });
    return ((await response.json()) as Job).id;
  };

  it('that run when the process is killed are unknown, are begun again only where that does no harm, and lose no other', async () => {
    const before = await startProduct({ dataDir });
    const { owner } = before;
    await register(owner, { name: 'tools', slug: 'tools', type: 'http', url: fake.url });
    await owner.call('POST', '/api/mcp/services/tools/reconnect');
    await owner.call('PUT', `${CALL}/slow/policy`, { idempotent: true });
    const lost = await Promise.all([1, 2, 3].map(() => start(owner, 'silent', {})));
    const again = await start(owner, 'slow', FOR_EVER);
    await waitFor('four calls', () => callsOf('silent') === 3 && callsOf('slow') === 1);
    const waiting = await start(owner, 'echo', { text: 'waited' });
    const keyed = owner.fetch('POST', `${CALL}/silent`, { arguments: {} }, { 'idempotency-key': 'k-1' });
    const cut = keyed.catch(() => undefined);
    await waitFor('the call with a key', () => callsOf('silent') === 4);
    await before.gatehouse.kill();
    await cut;

    const after = await startProduct({ dataDir });
    const job = (id: string): Promise<Job> => after.owner.call<Job>('GET', `/api/jobs/${id}`);
    const untilIs = (id: string, status: string) =>
      waitFor(`${id} to be ${status}`, async () => (await job(id)).status === status);
    await untilIs(waiting, 'succeeded');
    for (const id of lost)
      expect(await job(id)).toMatchObject({ status: 'unknown', attempts: 1, error: { code: 'job_interrupted' } });
    await waitFor('the second attempt', () => callsOf('slow') === 2);
    expect(await job(again)).toMatchObject({ status: 'running', attempts: 2 });
    await after.owner.call('POST', `/api/jobs/${again}/cancel`);
    await untilIs(again, 'cancelled');
    const same = await refusal(after.owner, 'POST', `${CALL}/silent`, { arguments: {} }, { 'idempotency-key': 'k-1' });
    expect(same).toMatchObject({ status: 409, code: 'idempotency_unknown' });
    expect([callsOf('silent'), callsOf('echo')]).toEqual([4, 1]);
    await after.gatehouse.stop();
  }, 60_000);
});
