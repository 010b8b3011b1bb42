import { execFile } from 'node:child_process';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { register, startProduct, type Product } from '../support/product.js';

const run = promisify(execFile);
const CALL = '/api/mcp/services/tools/tools/echo';

/** L12: a backup that was taken under load is put back, and what the record says of that. */
describe('a restored backup', () => {
  let dataDir: string;
  let fake: RunningFakeMcp;
  let running: Product | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-restore-'));
    fake = await startFakeMcpServer();
  });

  afterAll(async () => {
    await running?.gatehouse.stop();
    await fake.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const file = (name = 'gatehouse.sqlite'): string => join(dataDir, name);
  const inDatabase = (sql: string): void => {
    const database = new DatabaseSync(file());
    database.exec(sql);
    database.close();
  };

  const verify = async (...args: string[]): Promise<{ code: number; text: string }> => {
    const env = { ...process.env, GATEHOUSE_DATA_DIR: dataDir, DATABASE_URL: '' };
    const done = run(process.execPath, ['dist/app/server/src/audit-verify.js', ...args], { env });
    return done.then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, text: stdout + stderr }),
    );
  };

  it('says exactly what it has not, until that is acknowledged, and whatever else is done to it after', async () => {
    const { owner, gatehouse } = (running = await startProduct({ dataDir, env: { GATEHOUSE_CALLS_PER_MINUTE: '0' } }));
    await register(owner, { name: 'tools', slug: 'tools', type: 'http', url: fake.url });
    let calls = 0;
    let isOver = false;
    const callers = Array.from({ length: 4 }, async () => {
      while (!isOver) {
        await owner.call('POST', CALL, { arguments: { text: 'x' } });
        calls += 1;
      }
    });
    await waitFor('calls', () => calls >= 20);
    inDatabase(`VACUUM INTO '${file('backup')}'`);
    const atBackup = calls;
    await waitFor('more calls', () => calls >= atBackup + 20);
    isOver = true;
    await Promise.all(callers);
    await gatehouse.stop();

    for (const suffix of ['-wal', '-shm']) await rm(`${file()}${suffix}`, { force: true });
    await rename(file('backup'), file());
    const restored = await verify();
    const [, node] =
      /^WRONG \(truncated\) in node ([a-z0-9]+), first bad number \d+: the chain ends here/m.exec(restored.text) ?? [];
    expect([restored.code, restored.text.match(/WRONG/g)]).toEqual([1, ['WRONG']]);

    running = await startProduct({ dataDir });
    await running.owner.call('POST', CALL, { arguments: { text: 'after' } });
    const acknowledged = await verify('--acknowledge', String(node), '--reason', 'disk lost on Monday');
    expect(acknowledged).toEqual({
      code: 0,
      text: expect.stringMatching(/^GAP DECLARED in node .*: disk lost on Monday$/m),
    });
    await running.gatehouse.stop();
    running = undefined;

    inDatabase(`UPDATE mcp_service_usage SET user_id = 'wang' WHERE opened_mark LIKE '${String(node)}/%'`);
    expect(await verify()).toEqual({
      code: 1,
      text: expect.stringMatching(/^WRONG \(record-altered\) .* number \d+:/m),
    });
  });
});
