import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ENTITIES } from '../../entities.js';
import { createDataSource, migrate } from '../../platform/index.js';
import { auditParts, intentOf, testBox, type AuditParts } from '../audit.fixture.js';
import { CheckpointFile, type PublishedCheckpoint } from '../chain/checkpoint-file.js';
import type { Gap } from '../chain/gap.js';
import { AUDIT_ENTITIES } from '../entities.js';
import type { Verdict } from './chain-verifier.js';
import { declareGap } from './declare-gap.js';
import { verdictText } from './verdict-text.js';

/**
 * A backup that was restored: 1–4 two calls, a checkpoint, and the backup; 5–8 two more, a checkpoint, and the loss.
 */
describe.each(testDatabases())('a restored backup on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let parts: AuditParts;
  let folder: string;
  /** Where checkpoints are kept that no restore takes back. */
  let elsewhere: string;

  const run = (sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> =>
    source.query(sql, parameters);

  const called = async (text: string, by = parts): Promise<void> => {
    const id = await by.journal.begin(intentOf('li', { arguments: { text } }));
    await by.journal.finish(id, { status: 'success', response: { text }, durationMs: 3 });
  };
  const twoCalls = async (by = parts): Promise<void> => {
    for (const text of ['one', 'two']) await called(text, by);
    await by.checkpointer.sign();
    await copyFile(by.file.path, elsewhere);
  };

  const backup = async (): Promise<Map<string, Record<string, unknown>[]>> => {
    const tables = AUDIT_ENTITIES.map((entity) => source.getMetadata(entity).tableName);
    return new Map(await Promise.all(tables.map(async (name) => [name, await run(`SELECT * FROM ${name}`)] as const)));
  };
  const restore = async (backedUp: Map<string, Record<string, unknown>[]>): Promise<void> => {
    for (const [table, rows] of backedUp) {
      await run(`DELETE FROM ${table}`);
      for (const row of rows) {
        const columns = Object.keys(row);
        const places = columns.map(() => '?').join(', ');
        await run(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`, Object.values(row));
      }
    }
  };
  const clear = async (): Promise<void> => {
    for (const entity of AUDIT_ENTITIES) await run(`DELETE FROM ${source.getMetadata(entity).tableName}`);
  };
  /** Another process on the same folder. */
  const restarted = async (): Promise<AuditParts> => {
    await parts.close();
    return auditParts(source, folder);
  };

  const verify = (): Promise<Verdict> => parts.verifier.verify({ checkpoints: new CheckpointFile(elsewhere) });
  const first = async (): Promise<unknown> => {
    const { isValid, faults } = await verify();
    const [fault] = faults;
    return isValid ? 'valid' : [fault?.node, fault?.kind, fault?.seq];
  };
  const declare = (node = parts.node.id, reason = 'disk lost on Monday'): Promise<Gap> =>
    declareGap(source, testBox(), elsewhere, { node, reason, by: 'root@box' });

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(database.dataDir, 'installation-'));
    elsewhere = join(folder, 'kept.jsonl');
    parts = await auditParts(source, folder);
    await twoCalls();
    const backedUp = await backup();
    await twoCalls();
    await restore(backedUp);
  });

  afterEach(async () => {
    await parts.close();
    await clear();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('is told from a record that is whole, until somebody says that its loss is known; that is on record', async () => {
    const node = parts.node.id;
    expect(await first()).toEqual([node, 'truncated', 5]);
    await declare();
    const verdict = await verify();
    expect(verdict).toMatchObject({ isValid: true, publishedCheckpoints: 1, gaps: [{ node, after: 4, through: 8 }] });
    expect(verdictText(verdict)).toMatch(
      new RegExp(`^GAP DECLARED in node ${node}: entries 5 to 8, .* by root@box: disk lost on Monday$`, 'm'),
    );
    parts = await restarted();
    await parts.sealer.seal();
    await twoCalls();
    const [change] = await run(`SELECT mark FROM audit_event WHERE action = 'audit.gap-declare'`);
    expect(change?.['mark']).toBe(`${parts.node.id}/1`);
    expect(parts.node.id).not.toBe(node);
    expect(await verify()).toMatchObject({ isValid: true, publishedCheckpoints: 2, unsealed: 0 });
  });

  it.each<[string, (old: string, now: string) => Promise<unknown>, (old: string, now: string) => unknown]>([
    [
      'an old call is edited',
      () => run(`UPDATE mcp_service_usage SET user_id = 'wang' WHERE opened_mark LIKE '%/1'`),
      (old) => [old, 'record-altered', 1],
    ],
    [
      'more is cut off the old chain, with its checkpoints and calls',
      async (old) => {
        await run('DELETE FROM audit_chain WHERE node = ? AND seq > 2', [old]);
        await run('DELETE FROM audit_checkpoint WHERE node = ?', [old]);
        await run('DELETE FROM mcp_service_usage WHERE opened_mark = ?', [`${old}/3`]);
        const lines = (await readFile(elsewhere, 'utf8')).trim().split('\n');
        await writeFile(elsewhere, `${lines.filter((line) => !line.includes('"seq":4')).join('\n')}\n`);
      },
      (old) => [old, 'truncated', 3],
    ],
    [
      'the new chain is cut',
      async (_, now) => {
        await run('DELETE FROM audit_chain WHERE node = ? AND seq > 3', [now]);
        await run('DELETE FROM audit_checkpoint WHERE node = ?', [now]);
        await run(`DELETE FROM mcp_service_usage WHERE opened_mark = ?`, [`${now}/4`]);
      },
      (_, now) => [now, 'truncated', 4],
    ],
    ['the declaration is taken away', () => run('DELETE FROM audit_gap'), (old) => [old, 'truncated', 5]],
    ['the declaration is widened', () => run('UPDATE audit_gap SET through_seq = 99'), (old) => [old, 'gap-forged', 5]],
    [
      'the declaration is given to another chain',
      (_, now) => run('UPDATE audit_gap SET node = ?, after_seq = 0', [now]),
      (_, now) => [now, 'gap-forged', 1],
    ],
    [
      'the change on the trail is edited',
      () => run(`UPDATE audit_event SET changes = '{}'`),
      (_, now) => [now, 'record-altered', 1],
    ],
  ])('whose loss is declared does not hide that %s', async (_, attack, fault) => {
    const old = parts.node.id;
    await declare();
    parts = await restarted();
    await parts.sealer.seal();
    await twoCalls();
    expect(await first()).toBe('valid');
    await attack(old, parts.node.id);
    expect(await first()).toEqual(fault(old, parts.node.id));
  });

  it('may be followed by another, which takes another word', async () => {
    await declare();
    parts = await restarted();
    await twoCalls();
    const backedUp = await backup();
    await twoCalls();
    await restore(backedUp);
    expect(await first()).toEqual([parts.node.id, 'truncated', 5]);
    await declare();
    expect(await verify()).toMatchObject({ isValid: true, gaps: [{}, {}] });
  });

  it('from before its chain began is a whole chain that is lost', async () => {
    await clear();
    const lost = parts.node.id;
    await expect(declare(lost)).rejects.toThrow('start the product first');
    parts = await restarted();
    expect(await first()).toEqual([lost, 'truncated', 1]);
    await declare(lost);
    expect(await verify()).toMatchObject({ isValid: true, gaps: [{ node: lost, after: 0, through: 8 }] });
  });

  it('whose chain went on, because its own checkpoints were restored too, is declared by those kept elsewhere', async () => {
    const [line] = (await readFile(parts.file.path, 'utf8')).split('\n');
    const kept = await readFile(elsewhere, 'utf8');
    await writeFile(parts.file.path, `${line}\n`);
    const node = parts.node.id;
    parts = await restarted();
    await twoCalls();
    const eighth = parts.file.lastOf(node);
    await called('three');
    await writeFile(elsewhere, kept);
    expect(parts.node.id).toBe(node);
    expect(await first()).toEqual([node, 'truncated', 8]);
    await declare();
    await new CheckpointFile(elsewhere).append(eighth as PublishedCheckpoint);
    expect(await verify()).toMatchObject({ isValid: true, publishedCheckpoints: 2 });
    // The same number as what is known to be lost, and signed after it was.
    await run('DELETE FROM audit_chain WHERE seq >= 8');
    await run('DELETE FROM audit_checkpoint WHERE seq >= 8');
    expect(await first()).toEqual([node, 'truncated', 8]);
  });

  it('has nothing declared of it that is not lost, without a reason, or beside other faults', async () => {
    await expect(declare(parts.node.id, ' ')).rejects.toThrow('with a reason');
    await expect(declare('NOT A NODE')).rejects.toThrow('is not the name of a node');
    await expect(declare('abcdef123456')).rejects.toThrow(
      'Nothing of the chain of node abcdef123456 is known to be lost',
    );
    await run(`UPDATE mcp_service_usage SET user_id = 'wang' WHERE opened_mark LIKE '%/1'`);
    await expect(declare()).rejects.toThrow('record-altered');
    await run(`UPDATE mcp_service_usage SET user_id = 'li'`);
    const kept = await readFile(elsewhere, 'utf8');
    await writeFile(elsewhere, kept.replace('"seq":8', '"seq":9'));
    await expect(declare()).rejects.toThrow('checkpoint-forged');
    await writeFile(elsewhere, kept);
    await declare();
    await expect(declare()).rejects.toThrow('is known to be lost');
    expect(await run('SELECT COUNT(*) AS number FROM audit_gap')).toEqual([expect.objectContaining({ number: 1 })]);
  });
});
