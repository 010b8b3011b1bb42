import { testDatabases, waitFor, type TestDatabase } from '@gatehouse/testing';
import type { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { ENTITIES } from '../../entities.js';
import { createDataSource, databaseKind, migrate } from '../../platform/index.js';
import { auditParts, intentOf, type AuditParts } from '../audit.fixture.js';
import { CallRecord } from './call-record.entity.js';
import { recordWriterFor } from './record-writers.js';

const REFUSING =
  databaseKind() === 'sqlite'
    ? `BEGIN SELECT RAISE(ABORT, 'disk full'); END`
    : `FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'disk full'`;

describe.each(testDatabases())('the record while $name fails', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let parts: AuditParts;

  beforeAll(async () => {
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
    parts = await auditParts(source, database.dataDir);
  });

  afterAll(async () => {
    await parts.close();
    await source.destroy();
    await database.drop();
  });

  const faults = async () => (await parts.verifier.verify()).faults;
  /** Connections to this database besides one. */
  const others = async () => {
    const sql = 'SELECT COUNT(*) AS count FROM information_schema.processlist WHERE db = DATABASE()';
    const [{ count }] = await source.query<[{ count: unknown }]>(sql);
    return Number(count) - 1;
  };
  const refuse = (table: string) => source.query(`CREATE TRIGGER full BEFORE INSERT ON ${table} ${REFUSING}`);

  it.each(['audit_chain', 'mcp_service_usage'])(
    'takes no call whose row in %s is refused, keeps no half of it, and goes on without a gap',
    async (table) => {
      const service = { id: table, name: table };
      const call = (userId: string) => parts.journal.begin(intentOf(userId, { service }));
      await call('before');
      await refuse(table);
      await expect(call('refused')).rejects.toMatchObject({ code: 'audit_unavailable' });
      expect(parts.journal.isHealthy()).toBe(false);
      await source.query('DROP TRIGGER full');
      const id = await call('after');
      expect(parts.journal.isHealthy()).toBe(true);
      await parts.journal.finish(id, { status: 'success', durationMs: 1 });
      const users = (await source.getRepository(CallRecord).findBy({ serviceId: table })).map((row) => row.userId);
      expect(users.sort()).toEqual(['after', 'before']);
      expect(await faults()).toEqual([]);
    },
  );

  it('refuses nobody because its connection was ended while it was idle', async () => {
    const call = () => parts.journal.begin(intentOf('li', { service: { id: 'idle', name: 'idle' } }));
    await call();
    await parts.interrupt();
    if (databaseKind() === 'mariadb') await waitFor('the connections to be gone', async () => (await others()) === 0);
    await expect(call()).resolves.toEqual(expect.any(String));
  });

  // The embedded database is one process's own.
  if (databaseKind() === 'mariadb')
    it('goes on with the chain when another process of this node has extended it', async () => {
      const other = recordWriterFor(source, parts.node);
      const values = ['success', null, null, 0, 0, 0, Date.now()];
      const id = await parts.journal.begin(intentOf('li'));
      await other.commit([{ event: 'outcome', id, values }]);
      await other.close();
      await expect(parts.journal.begin(intentOf('li'))).resolves.toEqual(expect.any(String));
      expect(await faults()).toEqual([]);
    });

  it('loses nothing that was acknowledged, and no number, when its connection dies under it again and again', async () => {
    const acknowledged: string[] = [];
    let failed = 0;
    const work = Array.from({ length: 16 }, async (_, at) => {
      for (let each = 0; each < 12; each += 1) {
        try {
          const id = await parts.journal.begin(intentOf('li', { arguments: { at, each } }));
          await parts.journal.finish(id, { status: 'success', durationMs: 1 });
          acknowledged.push(id);
        } catch {
          failed += 1;
        }
        if (at === 0 && each % 3 === 1) await parts.interrupt();
      }
    });
    await Promise.all(work);
    const kept = await source.getRepository(CallRecord).findBy({ status: 'success' });
    const known = new Set(kept.map(({ id }) => id));
    expect(acknowledged.filter((id) => !known.has(id))).toEqual([]);
    expect(acknowledged.length + failed).toBe(16 * 12);
    expect(await faults()).toEqual([]);
  });
});
