import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ENTITIES } from '../../entities.js';
import { Clock, createDataSource, migrate } from '../../platform/index.js';
import { auditParts, intentOf, testBox, type AuditParts } from '../audit.fixture.js';
import { Retention } from './retention.js';

const DAY_MS = 24 * 60 * 60_000;

/** As many days ahead as it is told. */
class Ahead extends Clock {
  days = 0;

  override now(): Date {
    return new Date(Date.now() + this.days * DAY_MS);
  }
}

describe.each(testDatabases())('retention on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let parts: AuditParts;
  let retention: Retention;
  const clock = new Ahead();

  beforeEach(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
    parts = await auditParts(source, database.dataDir);
    retention = new Retention(30, parts.node, source, testBox(), clock);
    clock.days = 31;
  });

  afterEach(async () => {
    await parts.close();
    await source.destroy();
    await database.drop();
  });

  const called = async (): Promise<string> => {
    const id = await parts.journal.begin(intentOf('li'));
    await parts.journal.finish(id, { status: 'success', durationMs: 1 });
    return id;
  };
  const counted = async (table: string): Promise<number> => {
    const [row] = await source.query<{ n: unknown }[]>(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row?.n);
  };
  const verdict = () => parts.verifier.verify({ checkpoints: parts.file });

  it('takes away a beginning with its records, and leaves a chain that is right and says what is missing', async () => {
    for (let each = 0; each < 110; each += 1) await called();
    const open = await parts.journal.begin(intentOf('li'));
    await parts.checkpointer.sign();
    await called();
    expect(await retention.prune()).toBe(222);
    // The newest entry stays, for the chain to go on from, and so does the call that never ended.
    expect(await counted('audit_chain')).toBe(1);
    expect(await counted('mcp_service_usage')).toBe(2);
    await parts.journal.finish(open, { status: 'success', durationMs: 1 });
    await parts.checkpointer.sign();
    expect(await verdict()).toMatchObject({
      isValid: true,
      publishedCheckpoints: 2,
      nodes: [{ prunedThrough: 222, first: 223, last: 224 }],
    });
    expect(await retention.prune()).toBe(1);
    expect(await verdict()).toMatchObject({ isValid: true, nodes: [{ prunedThrough: 223, first: 224 }] });
  });

  it('takes nothing that is young enough, and nothing at all unless it is asked to', async () => {
    await called();
    clock.days = 29;
    expect(await retention.prune()).toBe(0);
    clock.days = 4_000;
    expect(await new Retention(undefined, parts.node, source, testBox(), clock).prune()).toBe(0);
    expect(await counted('audit_chain')).toBe(2);
  });

  it('keeps a beginning that was tampered with, because it is evidence', async () => {
    await called();
    await called();
    await source.query(`UPDATE mcp_service_usage SET user_id = 'wang'`);
    expect(await retention.prune()).toBe(0);
    expect(await counted('audit_chain')).toBe(4);
  });
});
