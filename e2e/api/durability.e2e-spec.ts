import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { refusal, register, startProduct, type Product } from '../support/product.js';

const run = promisify(execFile);

/** A sample; `npm run prove` runs two hundred. */
const ROUNDS = Number(process.env['GATEHOUSE_PROOF_ROUNDS'] ?? 8);
/** Looking after each round would make the sample longer than it is worth. */
const VERIFY_EVERY = ROUNDS > 8 ? 1 : 4;
const CALLERS = 8;

interface UsageRow {
  id: string;
  status: string;
  request_data: string;
}

/** What is on record survives everything; what cannot be recorded does not happen. */
describe('durability', () => {
  let dataDir: string;
  let fake: RunningFakeMcp;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-kept-'));
    fake = await startFakeMcpServer();
  });

  afterAll(async () => {
    await fake.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const inDatabase = <T>(work: (database: DatabaseSync) => T): T => {
    const database = new DatabaseSync(join(dataDir, 'gatehouse.sqlite'));
    try {
      return work(database);
    } finally {
      database.close();
    }
  };

  const rows = (): UsageRow[] =>
    inDatabase((database) => database.prepare('SELECT id, status, request_data FROM mcp_service_usage').all() as never);

  /** What `audit:verify` says, over what the killed process left. */
  const verify = async (): Promise<string> => {
    const env = { ...process.env, GATEHOUSE_DATA_DIR: dataDir, DATABASE_URL: '' };
    const { stdout } = await run(process.execPath, ['dist/app/server/src/audit-verify.js'], { env }).catch(
      (error: unknown) => error as { stdout: string },
    );
    return stdout;
  };

  /** Calls until the product is gone. @returns the ids of the calls that were acknowledged */
  const callUntilKilled = async ({ owner, gatehouse }: Product, round: number, enough: number): Promise<string[]> => {
    const acknowledged: string[] = [];
    const work = Array.from({ length: CALLERS }, async (_, at) => {
      for (let each = 0; ; each += 1) {
        const text = `${round}-${at}-${each}`;
        const call = owner.call<{ callId: string }>('POST', '/api/mcp/services/tools/tools/echo', {
          arguments: { text },
        });
        const answer = await call.catch(() => undefined);
        if (!answer) return;
        acknowledged.push(answer.callId);
      }
    });
    await waitFor('calls', () => acknowledged.length >= enough, 60_000);
    await gatehouse.kill();
    await Promise.all(work);
    return acknowledged;
  };

  it(
    `${ROUNDS} times kill -9 under load: no acknowledged call without its record, no effect without its intent`,
    async () => {
      const acknowledged: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const product = await startProduct({ dataDir, env: { GATEHOUSE_CALLS_PER_MINUTE: '0' } });
        if (round === 0) await register(product.owner, { name: 'tools', slug: 'tools', type: 'http', url: fake.url });
        // Whatever was open when the process before was killed has been closed before this one serves.
        expect(rows().filter(({ status }) => status === 'running')).toEqual([]);
        acknowledged.push(...(await callUntilKilled(product, round, 5 + 7 * (round % 5))));
        if (round % VERIFY_EVERY === 0) expect(await verify()).toMatch(/The record is what was written\.$/m);
      }
      await (await startProduct({ dataDir })).gatehouse.stop();
      expect(await verify()).toMatch(/checkpoints of the file agree\.\nThe record is what was written\.$/m);
      const kept = new Map(rows().map((row) => [row.id, row]));
      const lost = acknowledged.filter((id) => kept.get(id)?.status !== 'success');
      expect(acknowledged.length).toBeGreaterThan(ROUNDS * 5);
      expect(lost).toEqual([]);
      const recorded = new Set(
        [...kept.values()].map(({ request_data }) => (JSON.parse(request_data) as { text: string }).text),
      );
      const sent = fake.state.calls.map(({ arguments: args }) => String(args['text']));
      expect(sent.filter((text) => !recorded.has(text))).toEqual([]);
      expect([...kept.values()].filter(({ status }) => !['success', 'unknown', 'cancelled'].includes(status))).toEqual(
        [],
      );
    },
    ROUNDS * 30_000,
  );

  it('a database that takes no more rows refuses calls before anything is sent, and takes them again by itself', async () => {
    const { owner, gatehouse } = await startProduct({ dataDir });
    const sentBefore = fake.state.calls.length;
    inDatabase((database) =>
      database.exec(
        "CREATE TRIGGER full BEFORE INSERT ON mcp_service_usage BEGIN SELECT RAISE(ABORT, 'disk full'); END",
      ),
    );
    for (const path of ['/api/mcp/services/tools/tools/echo', '/api/mcp/services/tools/test/call']) {
      const refused = await refusal(owner, 'POST', path, {
        ...(path.endsWith('call') && { tool: 'echo' }),
        arguments: { text: 'x' },
      });
      expect(refused).toMatchObject({ status: 503, code: 'audit_unavailable' });
      expect(JSON.stringify(refused)).not.toMatch(/disk full|SQLITE|INSERT/i);
    }
    expect((await owner.fetch('GET', '/health/ready')).status).toBe(503);
    expect((await owner.fetch('GET', '/api/mcp/services')).status).toBe(200);
    expect(fake.state.calls).toHaveLength(sentBefore);
    inDatabase((database) => database.exec('DROP TRIGGER full'));
    await waitFor('readiness', async () => (await owner.fetch('GET', '/health/ready')).ok);
    await owner.call('POST', '/api/mcp/services/tools/tools/echo', { arguments: { text: 'x' } });
    await gatehouse.stop();
  });
});
