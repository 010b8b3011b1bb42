import { join } from 'node:path';
import { jest } from '@jest/globals';
import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { PERMISSIONS } from '@gatehouse/contracts';
import { MIGRATIONS } from '../../../../migrations/index.js';
import type { Principal } from '../../auth/index.js';
import { ENTITIES } from '../../entities.js';
import { Clock, InProcessEventBus, Metrics, Scrubber, createDataSource, migrate } from '../../platform/index.js';
import { auditParts, intentOf as intent, principalOf as principal, type AuditParts } from '../audit.fixture.js';
import type { ChainHead } from '../chain/chain-format.js';
import { UsageStatistics } from '../usage/usage-statistics.js';
import { CallJournal } from './call-journal.js';
import { CallRecord } from './call-record.entity.js';
import { CallSearch } from './call-search.js';
import { CLOSING, OPENING } from './record-columns.js';
import { RecordQueue } from './record-queue.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';
import { recordWriterFor } from './record-writers.js';

/** A clock that moves one second at each look. */
class Ticking extends Clock {
  private at = Date.parse('2026-11-22T10:00:00Z');

  override now(): Date {
    this.at += 1_000;
    return new Date(this.at);
  }
}

/** Writes when it is told to. */
class HeldWriter extends RecordWriter {
  release: () => void = () => undefined;
  private readonly released = new Promise<void>((open) => (this.release = open));

  constructor(private readonly writer: RecordWriter) {
    super();
  }

  async commit(writes: readonly RecordWrite[]): Promise<ChainHead> {
    await this.released;
    return this.writer.commit(writes);
  }

  close(): Promise<void> {
    return this.writer.close();
  }
}

describe.each(testDatabases())('the record of calls on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let parts: AuditParts;
  let other: AuditParts;
  let journal: CallJournal;
  let search: CallSearch;
  const scrubber = new Scrubber();
  const auditor = principal('auditor', PERMISSIONS);

  const journalOn = (queue: RecordQueue, on = source): CallJournal =>
    new CallJournal(queue, on, new Clock(), new InProcessEventBus(), new Metrics(), scrubber);

  /** Of another node: a node has one writer. */
  const queueOn = (on: DataSource, clock = new Clock()): RecordQueue =>
    new RecordQueue(recordWriterFor(on, other.node), clock);

  /** Nobody connected to it, and there are no tables. */
  const broken = (): DataSource =>
    createDataSource({
      ...database,
      databaseUrl: database.databaseUrl && new URL('/information_schema', database.databaseUrl).href,
      dataDir: join(database.dataDir, 'empty'),
      entities: ENTITIES,
      migrations: MIGRATIONS,
    });

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
    parts = await auditParts(source, database.dataDir, new Ticking(), scrubber);
    other = await auditParts(source, join(database.dataDir, 'other'));
    journal = parts.journal;
    search = new CallSearch(source.getRepository(CallRecord));
  });

  beforeEach(() => source.getRepository(CallRecord).clear());

  afterAll(async () => {
    await parts.close();
    await other.close();
    await source.destroy();
    await database.drop();
  });

  const found = async (query = {}, who = auditor) => (await search.search(query, who)).items;

  it('shows an intent before its outcome, and then both', async () => {
    const id = await journal.begin(intent('li'));
    expect(await found()).toMatchObject([{ id, status: 'running', durationMs: null }]);
    await journal.finish(id, { status: 'success', response: { content: [] }, durationMs: 12.4 });
    expect(await search.find(id, auditor)).toMatchObject({
      status: 'success',
      durationMs: 12,
      request: { city: 'Bern' },
      response: { content: [] },
    });
  });

  it('keeps a refusal as an ordinary row with its rule', async () => {
    await journal.refuse(intent('li'), { code: 'access_denied', rule: 'denied for group Interns' });
    expect(await found()).toMatchObject([
      { status: 'denied', decision: 'deny', errorCode: 'access_denied', rule: 'denied for group Interns' },
    ]);
  });

  it('holds no secret, neither by field name nor by value', async () => {
    scrubber.learn('very-secret-value');
    const args = { password: 'hunter2-hunter2', note: 'uses very-secret-value inside' };
    const id = await journal.begin(intent('li', { arguments: args }));
    await journal.finish(id, { status: 'success', response: { text: 'very-secret-value' }, durationMs: 1 });
    const rows = JSON.stringify(await source.query('SELECT * FROM mcp_service_usage'));
    expect(rows).not.toContain('hunter2');
    expect(rows).not.toContain('very-secret-value');
  });

  it('cuts a long answer and remembers its size', async () => {
    const id = await journal.begin(intent('li'));
    await journal.finish(id, { status: 'success', response: { text: '大'.repeat(100_000) }, durationMs: 1 });
    const call = await search.find(id, auditor);
    expect(call.responseBytes).toBeGreaterThan(300_000);
    expect(call.response).toMatchObject({ truncated: true });
  });

  it('shows people without audit:read exactly their own calls', async () => {
    const mine = await journal.refuse(intent('li'), { code: 'tool_not_found' });
    const others = await journal.refuse(intent('wang'), { code: 'tool_not_found' });
    expect((await found({}, principal('li'))).map((call) => call.id)).toEqual([mine]);
    await expect(search.find(others, principal('li'))).rejects.toMatchObject({ code: 'not_found' });
  });

  it('pages through all rows without loss or repetition, newest first', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1)
      ids.unshift(await journal.refuse(intent('li'), { code: 'tool_not_found' }));
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await search.search({ limit: 3, ...(cursor && { cursor }) }, auditor);
      seen.push(...page.items.map((call) => call.id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
  });

  it.each([
    [{ tool: 'forecast' }, 1],
    [{ tool: 'Forecast' }, 0],
    [{ q: 'FORE' }, 1],
    [{ q: '%' }, 0],
    [{ status: 'denied' as const }, 1],
    [{ door: 'mcp' as const }, 0],
    [{ userId: 'li' }, 1],
    [{ chatId: 'c1' }, 1],
    [{ from: '2099-01-01T00:00:00Z' }, 0],
  ])('finds by %j', async (query, count) => {
    await journal.refuse(intent('li', { chatId: 'c1' }), { code: 'tool_not_found' });
    expect(await found(query)).toHaveLength(count);
  });

  it('closes calls that a dead process left open as unknown', async () => {
    const id = await journal.begin(intent('li'));
    await source.getRepository(CallRecord).update({ id }, { createdAt: new Date(0) });
    const queue = queueOn(source);
    const next = journalOn(queue);
    await next.onApplicationBootstrap();
    next.onApplicationShutdown();
    await queue.close();
    expect(await found()).toMatchObject([{ id, status: 'unknown' }]);
  });

  it('loses none of two hundred calls at once', async () => {
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const id = await journal.begin(intent('li', { arguments: { index } }));
        await journal.finish(id, { status: 'success', durationMs: index });
      }),
    );
    const rows = await source.getRepository(CallRecord).findBy({ status: 'success' });
    expect(new Set(rows.map((row) => (row.requestData as { index: number }).index)).size).toBe(200);
  });

  it('refuses to go on when the record cannot be written', async () => {
    const blind = journalOn(queueOn(broken()));
    await expect(blind.begin(intent('li'))).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(blind.isHealthy()).toBe(false);
  });

  it('asks for traffic again some seconds after a failure, because only a write can tell that the database is back', async () => {
    const blind = journalOn(queueOn(broken(), new Ticking()));
    await expect(blind.begin(intent('li'))).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(Array.from({ length: 5 }, () => blind.isHealthy())).toEqual([false, false, false, false, true]);
  });

  it('does not leave an intent open that was written too late', async () => {
    const held = new HeldWriter(recordWriterFor(source, other.node));
    const queue = new RecordQueue(held, new Clock());
    const late = journalOn(queue);
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    const begun = late.begin(intent('li'));
    jest.advanceTimersByTime(2_200);
    jest.useRealTimers();
    await expect(begun).rejects.toMatchObject({ code: 'audit_unavailable' });
    held.release();
    await queue.close();
    expect(await found()).toMatchObject([{ status: 'error', errorCode: 'audit_unavailable' }]);
  });

  it('takes a flood of large requests, more than fits into one statement', async () => {
    const text = 'x'.repeat(63 * 1024);
    const flood = Array.from({ length: 300 }, () =>
      journal.refuse(intent('li', { arguments: { text } }), { code: 'tool_not_found' }),
    );
    await Promise.all(flood);
    expect(await source.getRepository(CallRecord).count()).toBe(300);
  });

  it('shows a key the calls that were made with it, and not what its user did elsewhere', async () => {
    const key: Principal = { ...principal('li'), credential: { kind: 'api-key', id: 'k1', name: 'script' } };
    const byKey = await journal.refuse(intent('li', { principal: key }), { code: 'tool_not_found' });
    const byHand = await journal.refuse(intent('li'), { code: 'tool_not_found' });
    expect((await found({}, key)).map((call) => call.id)).toEqual([byKey]);
    await expect(search.find(byHand, key)).rejects.toMatchObject({ code: 'not_found' });
    expect(await found({}, principal('li'))).toHaveLength(2);
    const range = { from: '2026-11-21T00:00:00Z', to: '2026-11-24T00:00:00Z' };
    const { total } = await new UsageStatistics(source.getRepository(CallRecord), new Clock()).report(range, key);
    expect(total.calls).toBe(1);
  });

  it('covers every column with the chain', () => {
    const { columns } = source.getMetadata(CallRecord);
    const covered = { ...OPENING, ...CLOSING, opened_mark: 'openedMark', closed_mark: 'closedMark' };
    const known = columns.map((column): [string, string] => [column.databaseName, column.propertyName]);
    expect(Object.fromEntries(known)).toEqual(covered);
  });

  it('lets the first end of a call stand', async () => {
    const id = await journal.begin(intent('li'));
    await journal.finish(id, { status: 'success', durationMs: 1 });
    await journal.finish(id, { status: 'error', durationMs: 2 });
    expect(await found()).toMatchObject([{ id, status: 'success', durationMs: 1 }]);
  });

  describe('statistics', () => {
    const statistics = () => new UsageStatistics(source.getRepository(CallRecord), new Clock());
    const range = { from: '2026-11-21T00:00:00Z', to: '2026-11-24T00:00:00Z' };

    beforeEach(async () => {
      for (const durationMs of [10, 20, 30, 400]) {
        const id = await journal.begin(intent('li'));
        await journal.finish(id, { status: durationMs === 400 ? 'error' : 'success', durationMs });
      }
      await journal.refuse(intent('wang'), { code: 'access_denied' });
    });

    it('count calls, errors and refusals by user', async () => {
      const { items, total } = await statistics().report({ ...range, by: 'user' }, auditor);
      expect(items).toMatchObject([
        { key: 'li', label: 'li@example.org', calls: 4, errors: 1, denied: 0, avgMs: 115 },
        { key: 'wang', calls: 1, errors: 0, denied: 1 },
      ]);
      expect(total).toMatchObject({ calls: 5, errors: 1, denied: 1 });
      expect(items[0]?.p95Ms).toBeGreaterThan(300);
    });

    it('count by service and by tool', async () => {
      expect((await statistics().report({ ...range, by: 'service' }, auditor)).items).toMatchObject([
        { key: 'weather', label: 'Weather', calls: 5 },
      ]);
      expect((await statistics().report({ ...range, by: 'tool' }, auditor)).items).toMatchObject([
        { key: 'weather/forecast', calls: 5 },
      ]);
    });

    it('show every day of the range, also those without calls, in the reader’s time', async () => {
      const { items } = await statistics().report({ ...range, by: 'day' }, auditor);
      expect(items.map((row) => [row.key, row.calls])).toEqual([
        ['2026-11-21', 0],
        ['2026-11-22', 5],
        ['2026-11-23', 0],
      ]);
      const east = await statistics().report({ ...range, by: 'day', utcOffsetMinutes: 840 }, auditor);
      expect(east.items.find((row) => row.key === '2026-11-23')?.calls).toBe(5);
    });

    it('count only one’s own without usage:read', async () => {
      expect((await statistics().report(range, principal('wang'))).total.calls).toBe(1);
    });
  });
});
