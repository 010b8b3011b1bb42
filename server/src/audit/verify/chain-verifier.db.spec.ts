import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ENTITIES } from '../../entities.js';
import { createDataSource, migrate } from '../../platform/index.js';
import { auditParts, intentOf, type AuditParts } from '../audit.fixture.js';
import { AUDIT_ENTITIES } from '../entities.js';
import type { FaultKind } from './fault.js';

/**
 * Group L5 of the attacks: whoever has the database, and not the root key, changes what was recorded.
 *
 * The chain under attack: 1–6 three calls one after the other, 7 a refusal, 8 an administrative change; a checkpoint;
 * 9 and 10 one more call; a checkpoint.
 */
describe.each(testDatabases())('a chain on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let parts: AuditParts;
  const ids: string[] = [];
  let pristine: Map<string, Record<string, unknown>[]>;

  const run = (sql: string, parameters: unknown[] = []) => source.query(sql, parameters);

  const called = async (text: string): Promise<string> => {
    const id = await parts.journal.begin(intentOf('li', { arguments: { text } }));
    await parts.journal.finish(id, { status: 'success', response: { text }, durationMs: 3 });
    return id;
  };

  const changed = async (name: string): Promise<void> => {
    const change = { action: 'service.update', actor: null, target: { kind: 'service', id: 's1', name } };
    await source.transaction((manager) => parts.trail.record(manager, change));
    await parts.sealer.seal();
  };

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
    parts = await auditParts(source, database.dataDir);
    for (const text of ['one', 'two', '三 🙂 \0 \ud800']) ids.push(await called(text));
    ids.push(
      await parts.journal.refuse(intentOf('li', { tool: 'cut🙂'.slice(0, 4) }), { code: 'access_denied', rule: 'no' }),
    );
    await changed('Weather');
    await parts.checkpointer.sign();
    ids.push(await called('four'));
    await parts.checkpointer.sign();
    await copyFile(parts.file.path, `${parts.file.path}.kept`);
    pristine = new Map();
    for (const { tableName } of AUDIT_ENTITIES.map((entity) => source.getMetadata(entity)))
      pristine.set(tableName, (await run(`SELECT * FROM ${tableName}`)) as Record<string, unknown>[]);
  });

  afterAll(async () => {
    await parts.close();
    await source.destroy();
    await database.drop();
  });

  /** Everything as it was before the attack. */
  afterEach(async () => {
    for (const [table, rows] of pristine) {
      await run(`DELETE FROM ${table}`);
      for (const row of rows) {
        const places = Object.keys(row).map(() => '?');
        await run(
          `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`,
          Object.values(row),
        );
      }
    }
    await copyFile(`${parts.file.path}.kept`, parts.file.path);
  });

  const verdict = (options = {}) => parts.verifier.verify({ checkpoints: parts.file, ...options });

  /** Exchanges the rows of two calls, and leaves each its own id and marks. */
  const swapCalls = async (a: string | undefined, b: string | undefined): Promise<void> => {
    const rows = (await run('SELECT * FROM mcp_service_usage WHERE id IN (?, ?)', [a, b])) as Record<string, unknown>[];
    for (const row of rows) {
      const other = rows.find((each) => each !== row) as Record<string, unknown>;
      await run('UPDATE mcp_service_usage SET request_data = ?, response_data = ?, created_at = ? WHERE id = ?', [
        other['request_data'],
        other['response_data'],
        other['created_at'],
        row['id'],
      ]);
    }
  };

  const chain = (changes: string, seq: number) => run(`UPDATE audit_chain SET ${changes} WHERE seq = ${seq}`);
  const call = (changes: string, at: number) => run(`UPDATE mcp_service_usage SET ${changes} WHERE id = ?`, [ids[at]]);
  const cut = async (from: number): Promise<void> => {
    await run('DELETE FROM audit_chain WHERE seq >= ?', [from]);
    await run(
      `UPDATE mcp_service_usage SET status = 'running', closed_mark = NULL, response_data = NULL WHERE id = ?`,
      [ids[4]],
    );
    if (from <= 9) await run('DELETE FROM mcp_service_usage WHERE id = ?', [ids[4]]);
  };
  const fromYesterday = async (): Promise<void> => {
    await cut(9);
    await run('DELETE FROM audit_checkpoint WHERE seq > 8');
  };
  const inFile = async (change: (line: Record<string, unknown>) => void, at: number): Promise<void> => {
    const lines = (await readFile(parts.file.path, 'utf8')).trim().split('\n');
    const line = JSON.parse(lines[at] ?? '') as Record<string, unknown>;
    change(line);
    lines[at] = JSON.stringify(line);
    await writeFile(parts.file.path, `${lines.join('\n')}\n`);
  };
  const copyRow = async (table: string, changes: Record<string, unknown>): Promise<void> => {
    const [row] = (await run(`SELECT * FROM ${table} LIMIT 1`)) as Record<string, unknown>[];
    const copy = { ...row, ...changes };
    const places = Object.keys(copy).map(() => '?');
    await run(
      `INSERT INTO ${table} (${Object.keys(copy).join(', ')}) VALUES (${places.join(', ')})`,
      Object.values(copy),
    );
  };

  it('that nobody touched is right, entry by entry', async () => {
    expect(await verdict()).toMatchObject({
      isValid: true,
      publishedCheckpoints: 2,
      nodes: [{ node: parts.node.id, first: 1, last: 10, entries: 10, checkpoints: 2, fault: null }],
    });
    expect(await verdict({ from: 4, to: 6 })).toMatchObject({ isValid: true, nodes: [{ first: 4, entries: 3 }] });
    expect(await parts.verifier.verifyNewest(3, 5)).toMatchObject({ isValid: true, nodes: [{ first: 8, entries: 3 }] });
  });

  it.each<[string, () => Promise<unknown>, FaultKind, number | undefined]>([
    ['the arguments of a call are edited', () => call(`request_data = '{"text":"x"}'`, 0), 'record-altered', 1],
    ['a call is given to somebody else', () => call(`user_id = 'wang'`, 1), 'record-altered', 3],
    ['a call is moved in time', () => call('created_at = created_at + 1', 1), 'record-altered', 3],
    ['the answer of a call is edited', () => call(`response_data = '{"text":"x"}'`, 0), 'record-altered', 2],
    ['a failure is made of a success', () => call(`status = 'error'`, 2), 'record-altered', 6],
    ['a refusal is made a permission', () => call(`decision = 'allow'`, 3), 'record-altered', 7],
    ['the end of a call is taken back', () => call(`status = 'running', closed_mark = NULL`, 1), 'record-altered', 4],
    ['a call is deleted', () => run('DELETE FROM mcp_service_usage WHERE id = ?', [ids[1]]), 'record-missing', 3],
    ['two calls are swapped', () => swapCalls(ids[0], ids[2]), 'record-altered', 1],
    ['two marks are swapped', () => call(`opened_mark = '${parts.node.id}/1'`, 1), 'record-altered', 3],
    ['a change is edited', () => run(`UPDATE audit_event SET target_name = 'Rain'`), 'record-altered', 8],
    ['a change is deleted', () => run('DELETE FROM audit_event'), 'record-missing', 8],
    ['a change loses its mark', () => run('UPDATE audit_event SET mark = NULL'), 'record-altered', 8],
    ['a call is put in', () => copyRow('mcp_service_usage', { id: 'put-in' }), 'record-unchained', undefined],
    [
      'a call is put in without marks',
      () => copyRow('mcp_service_usage', { id: 'put-in', opened_mark: null, closed_mark: null }),
      'record-unchained',
      undefined,
    ],
    ['a change is put in', () => copyRow('audit_event', { id: 'put-in', mark: null }), 'record-unchained', undefined],
    [
      'a change without a MAC is put in',
      () => copyRow('audit_event', { id: 'put-in', mark: null, mac: null }),
      'record-unchained',
      undefined,
    ],
    ['an entry is deleted', () => run('DELETE FROM audit_chain WHERE seq = 5'), 'entry-missing', 5],
    ['the first entry is deleted', () => run('DELETE FROM audit_chain WHERE seq = 1'), 'entry-missing', 1],
    ['an entry is of another kind', () => chain(`kind = 'unknown'`, 2), 'entry-altered', 2],
    ['an entry is of another time', () => chain('at = at + 1', 3), 'entry-altered', 3],
    ['an entry is of another call', () => chain(`record_id = 'x'`, 4), 'entry-altered', 4],
    ['an entry has another MAC', () => chain(`mac = digest`, 6), 'entry-altered', 6],
    [
      'a record and the digest of its entry are edited',
      async () => {
        await call(`status = 'error'`, 0);
        await chain(`digest = 'x'`, 2);
      },
      'entry-altered',
      2,
    ],
    [
      'two entries are swapped',
      async () => {
        await chain('seq = 99', 3);
        await chain('seq = 3', 4);
        await chain('seq = 4', 99);
      },
      'entry-altered',
      3,
    ],
    ['an entry is put in at the end', () => copyRow('audit_chain', { seq: 11 }), 'entry-altered', 11],
    ['the tail is cut off', () => cut(10), 'truncated', 10],
    ['the tail is cut off, and its checkpoint', fromYesterday, 'truncated', 9],
    [
      'everything is set back to yesterday, and the whole chain is gone',
      async () => {
        for (const table of pristine.keys()) await run(`DELETE FROM ${table}`);
      },
      'truncated',
      1,
    ],
    [
      'a stored checkpoint is forged',
      () => run(`UPDATE audit_checkpoint SET mac = 'x' WHERE seq = 8`),
      'checkpoint-forged',
      8,
    ],
    ['a published checkpoint is forged', () => inFile((line) => (line['seq'] = 7), 0), 'checkpoint-forged', 7],
    ['a line of the file is none', () => inFile((line) => delete line['mac'], 0), 'checkpoint-forged', undefined],
    [
      'an anchor is forged',
      () =>
        copyRow('audit_checkpoint', { seq: 3 }).then(() =>
          run(
            `INSERT INTO audit_anchor (node, seq, mac, at, signer, signature) SELECT node, 4, mac, at, node, signature FROM audit_checkpoint WHERE seq = 8`,
          ),
        ),
      'anchor-forged',
      4,
    ],
    [
      'the key of the node is exchanged',
      () => run(`UPDATE audit_node SET public_key = 'x'`),
      'node-altered',
      undefined,
    ],
    ['a root key is missing', () => chain(`key_id = 'k9'`, 2), 'key-missing', undefined],
  ])('is found out where %s', async (_, attack, kind, seq) => {
    await attack();
    const { isValid, faults } = await verdict();
    expect(isValid).toBe(false);
    const [fault] = faults;
    expect({ kind: fault?.kind, seq: fault?.seq }).toEqual({
      kind,
      ...(seq !== undefined ? { seq } : { seq: fault?.seq }),
    });
  });

  it('does not take in the entries of another node', async () => {
    const other = await auditParts(source, join(database.dataDir, 'second'));
    const id = await other.journal.begin(intentOf('li'));
    await other.journal.finish(id, { status: 'success', durationMs: 1 });
    expect(await verdict()).toMatchObject({ isValid: true, nodes: [{ last: 10 }, { last: 2 }] });
    await run('DELETE FROM audit_chain WHERE node = ?', [parts.node.id]);
    await run('UPDATE audit_chain SET node = ? WHERE node = ?', [parts.node.id, other.node.id]);
    await other.close();
    const { faults } = await verdict();
    expect(faults[0]).toMatchObject({ node: parts.node.id, seq: 1, kind: 'entry-foreign' });
  });

  it('holds the change that its transaction did not seal, and none that was rolled back', async () => {
    const change = { action: 'service.delete', actor: null, target: { kind: 'service', id: 's1', name: 'Weather' } };
    const undone = source.transaction(async (manager) => {
      await parts.trail.record(manager, change);
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    await source.transaction((manager) => parts.trail.record(manager, change));
    expect(await verdict()).toMatchObject({ isValid: true, unsealed: 1 });
    await parts.sealer.seal();
    expect(await verdict()).toMatchObject({ isValid: true, unsealed: 0 });
  });

  it('is not continued where the database was set back; another one begins', async () => {
    await fromYesterday();
    const again = await auditParts(source, database.dataDir);
    expect(again.node.id).not.toBe(parts.node.id);
    await again.close();
  });
});
