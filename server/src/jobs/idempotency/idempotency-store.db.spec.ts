import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ENTITIES } from '../../entities.js';
import { createDataSource, databaseKind, migrate } from '../../platform/index.js';
import { LEASE_MS } from '../job.js';
import { HandClock } from '../jobs.fixture.js';
import { IdempotencyKeyRow } from './idempotency-key.entity.js';
import { IdempotencyStore, type Found, type KeyedRequest } from './idempotency-store.js';

const DAY_MS = 24 * 60 * 60_000;
const request = (rest: Partial<KeyedRequest> = {}): KeyedRequest => ({
  owner: 'ann',
  key: 'k-1',
  fingerprint: 'f',
  ...rest,
});

describe.each(testDatabases())('idempotency keys on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let clock: HandClock;
  let store: IdempotencyStore;

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
  });

  beforeEach(async () => {
    await source.getRepository(IdempotencyKeyRow).clear();
    clock = new HandClock();
    store = process();
  });

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const process = (): IdempotencyStore => new IdempotencyStore(source.getRepository(IdempotencyKeyRow), clock);
  const idOf = (found: Found): string => (found.kind === 'first' ? found.id : 'not the first');
  const begin = async (rest?: Partial<KeyedRequest>): Promise<string> => idOf(await store.begin(request(rest)));

  it('let exactly one of twenty be the first, in one process or in two', async () => {
    const other = process();
    const found = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? store : other).begin(request())),
    );
    expect(found.filter(({ kind }) => kind === 'first')).toHaveLength(1);
    expect(found.filter(({ kind }) => kind === 'running')).toHaveLength(19);
  });

  it('give the first answer again for a day', async () => {
    await store.finish(await begin(), { status: 202, headers: { location: '/api/jobs/1' } }, '{"id":"1"}');
    clock.pass(DAY_MS - 1);
    expect(await store.begin(request())).toEqual({
      kind: 'done',
      answer: { status: 202, headers: { location: '/api/jobs/1' } },
      body: '{"id":"1"}',
    });
    clock.pass(1);
    expect(await store.begin(request())).toMatchObject({ kind: 'first' });
  });

  it('are for one request: another body under the same key is told so, before and after the answer', async () => {
    const id = await begin();
    expect(await store.begin(request({ fingerprint: 'g' }))).toEqual({ kind: 'other-request' });
    await store.finish(id, { status: 200, headers: {} }, '{}');
    expect(await store.begin(request({ fingerprint: 'g' }))).toEqual({ kind: 'other-request' });
  });

  it('belong to one principal, and are compared exactly', async () => {
    await begin();
    for (const other of [{ owner: 'bob' }, { key: 'K-1' }, { key: 'k-1é' }])
      expect(await store.begin(request(other))).toMatchObject({ kind: 'first' });
  });

  it('of a process that is gone are unknown, whoever asks and however often', async () => {
    await begin();
    const next = process();
    if (databaseKind() === 'sqlite') {
      await next.onApplicationBootstrap();
      next.beforeApplicationShutdown();
    } else clock.pass(LEASE_MS);
    expect(await next.begin(request())).toEqual({ kind: 'unknown' });
    expect(await next.begin(request())).toEqual({ kind: 'unknown' });
  });

  it('of a process that is still at it are not given up, however long it takes', async () => {
    await begin();
    for (let beat = 0; beat < 5; beat += 1) {
      clock.pass(LEASE_MS - 1);
      await store.beat();
    }
    expect(await process().begin(request())).toEqual({ kind: 'running' });
  });

  it('are free again when nothing was done', async () => {
    await store.release(await begin());
    expect(await store.begin(request())).toMatchObject({ kind: 'first' });
  });

  it('know that an answer was too large to keep', async () => {
    await store.finish(await begin(), { status: 200, headers: {} }, `"${'x'.repeat(1024 * 1024)}"`);
    expect(await store.begin(request())).toMatchObject({ kind: 'done', body: null });
  });
});
