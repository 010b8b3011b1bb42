import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ENTITIES } from '../../entities.js';
import { createDataSource, migrate } from '../../platform/index.js';
import { auditParts, type AuditParts } from '../audit.fixture.js';
import { ChainEntry } from '../chain/chain-entry.entity.js';
import type { Value } from '../chain/chain-format.js';
import { CallRecord } from './call-record.entity.js';
import { CLOSING, OPENING } from './record-columns.js';
import type { RecordWrite, RecordWriter } from './record-writer.js';
import { recordWriterFor } from './record-writers.js';

/** More than a TEXT of MariaDB holds, in characters that need several bytes. */
const LONG = '"'.padEnd(60_000, '门') + '"';

describe.each(testDatabases())('a batch of records on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let parts: AuditParts;
  let writer: RecordWriter;

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
    parts = await auditParts(source, database.dataDir);
    writer = recordWriterFor(source, parts.node);
  });

  afterAll(async () => {
    await writer.close();
    await parts.close();
    await source.destroy();
    await database.drop();
  });

  const valuesOf = (columns: Record<string, string>, known: Record<string, Value>): Value[] =>
    Object.keys(columns).map((name) => known[name] ?? null);
  const ending = (status: string, known: Record<string, Value> = {}): Value[] =>
    valuesOf(CLOSING, { status, response_bytes: 0, cached: 0, finished_at: Date.now(), ...known });
  const intent = (id: string): RecordWrite => {
    const texts = ['service_name', 'user_id', 'user_email', 'user_name', 'tool_name', 'door', 'decision'];
    const credential = { credential_kind: 'session', credential_id: 's', credential_name: 's' };
    const known = { id, ...Object.fromEntries(texts.map((name) => [name, 'x'])), ...credential };
    const opening = valuesOf(OPENING, { ...known, request_bytes: 0, created_at: Date.now() });
    return { event: 'intent', id, values: [...opening, ...ending('running', { finished_at: null })] };
  };
  const outcome = (id: string, known: Record<string, Value> = {}): RecordWrite => ({
    event: 'outcome',
    id,
    values: ending('success', known),
  });
  const begun = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, () => randomUUID());
    await writer.commit(ids.map(intent));
    return ids;
  };
  const record = (id: string) => source.getRepository(CallRecord).findOneBy({ id });
  const entriesOf = async (id: string) =>
    (await source.getRepository(ChainEntry).find({ where: { recordId: id }, order: { seq: 'ASC' } })).map(
      ({ kind }) => kind,
    );
  const faults = async () => (await parts.verifier.verify()).faults;

  it('is written whole, whatever its size, and however long the texts after short ones are', async () => {
    for (const count of [1, 2, 33, 70]) {
      for (const text of ['"short"', LONG, null]) {
        const ids = await begun(count);
        await writer.commit(ids.map((id) => outcome(id, { response_data: text, response_bytes: 7 })));
        const kept = await source.getRepository(CallRecord).findBy(ids.map((id) => ({ id })));
        expect(kept.map(({ status }) => status)).toEqual(ids.map(() => 'success'));
        expect(kept.every(({ responseData }) => responseData === (text === null ? null : JSON.parse(text)))).toBe(true);
      }
    }
    expect(await faults()).toEqual([]);
  });

  it('ends a call that it has begun itself', async () => {
    const id = randomUUID();
    await writer.commit([intent(id), outcome(id)]);
    expect(await record(id)).toMatchObject({ status: 'success', openedMark: expect.any(String) });
    expect(await entriesOf(id)).toEqual(['intent', 'outcome']);
  });

  it('leaves a call that has ended as it ended, makes up none that never was, and writes the others', async () => {
    const [ended, open, twice] = (await begun(3)) as [string, string, string];
    await writer.commit([outcome(ended, { duration_ms: 1 })]);
    const never = randomUUID();
    await writer.commit([
      outcome(ended, { duration_ms: 2 }),
      { event: 'unknown', id: never, values: ending('unknown') },
      outcome(twice, { duration_ms: 3 }),
      outcome(open, { duration_ms: 4 }),
      { event: 'unknown', id: twice, values: ending('unknown') },
    ]);
    expect(await record(ended)).toMatchObject({ status: 'success', durationMs: 1 });
    expect(await record(twice)).toMatchObject({ status: 'success', durationMs: 3 });
    expect(await record(open)).toMatchObject({ status: 'success', durationMs: 4 });
    expect(await record(never)).toBeNull();
    for (const id of [ended, twice, open]) expect(await entriesOf(id)).toEqual(['intent', 'outcome']);
    expect(await entriesOf(never)).toEqual([]);
    expect(await faults()).toEqual([]);
  });

  it('of two writers at once ends a call once', async () => {
    const other = await auditParts(source, join(database.dataDir, 'other'));
    const second = recordWriterFor(source, other.node);
    const ids = await begun(40);
    await Promise.all([
      writer.commit(ids.map((id) => outcome(id, { duration_ms: 1 }))),
      second.commit(ids.map((id) => outcome(id, { duration_ms: 2 }))),
    ]);
    for (const id of ids) expect(await entriesOf(id)).toEqual(['intent', 'outcome']);
    expect(await faults()).toEqual([]);
    await second.close();
    await other.close();
  });
});
