import { createHash } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';

type Query = (sql: string, parameters?: unknown[], ...more: unknown[]) => Promise<unknown>;
type Statement = Parameters<Query>;

const READS = /^\s*(?:SELECT|SHOW|DESCRIBE|EXPLAIN|SET)\b/i;
const CHANGES_ROWS = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i;

const TABLE = `CREATE TABLE IF NOT EXISTS migration_step (
  migration varchar(200) NOT NULL,
  step int NOT NULL,
  digest varchar(43) NOT NULL,
  state varchar(8) NOT NULL,
  PRIMARY KEY (migration, step)
) ENGINE=InnoDB`;

/** What the server answers to a change of the schema that was made already: it is there, or what it takes away is not. */
const MADE_ALREADY: ReadonlySet<string> = new Set([
  'ER_TABLE_EXISTS_ERROR',
  'ER_DUP_FIELDNAME',
  'ER_DUP_KEYNAME',
  'ER_MULTIPLE_PRI_KEY',
  'ER_FK_DUP_NAME',
  'ER_CANT_DROP_FIELD_OR_KEY',
  'ER_BAD_TABLE_ERROR',
  'ER_BAD_FIELD_ERROR',
  'ER_NO_SUCH_TABLE',
]);

interface Step {
  step: number;
  digest: string;
  /** `begun`: the process ended before it knew whether the server had made the change. */
  state: 'begun' | 'done';
}

/**
 * Lets a migration go on where a process that was killed has left it, on MariaDB and MySQL, which commit every change of the
 * schema by itself and cannot take it back.
 *
 * Each statement is written down: one that changes rows in the transaction in which it does, so that it happens once; one that
 * changes the schema before and after, so that at most one is in doubt. That one is made again, and may find that it was made.
 * A statement that is written down as done is passed over. They are told apart by their text and parameters, so that those
 * which TypeORM leaves out because it sees their effect are not missed.
 *
 * Reached over one connection, which also holds the lock that keeps others away.
 */
export class MigrationSteps {
  constructor(private readonly runner: QueryRunner) {}

  /** To be called before the first `resuming`. */
  async open(): Promise<void> {
    await this.runner.query(TABLE);
  }

  /** The same migration, which passes over what is done already. */
  resuming(name: string, migration: MigrationInterface): MigrationInterface {
    return {
      up: async (runner) => {
        const query = runner.query.bind(runner) as Query;
        const rows = await query('SELECT step, digest, state FROM migration_step WHERE migration = ? ORDER BY step', [
          name,
        ]);
        const log = new StepLog(name, rows as Step[], query);
        runner.query = ((...statement: Statement) => log.run(statement)) as QueryRunner['query'];
        try {
          await migration.up(runner);
        } finally {
          runner.query = query as QueryRunner['query'];
        }
      },
      down: (runner) => migration.down(runner),
    };
  }

  /** Forgets the steps of migrations that are over. */
  async forgetOver(): Promise<void> {
    await this.runner.query('DELETE FROM migration_step WHERE migration IN (SELECT name FROM migrations)');
  }
}

/** The statements of one migration that were begun or done by processes before this one, and by this one. */
class StepLog {
  private readonly before: Step[];
  private next: number;

  constructor(
    private readonly migration: string,
    steps: readonly Step[],
    private readonly query: Query,
  ) {
    this.before = [...steps];
    this.next = (steps.at(-1)?.step ?? 0) + 1;
  }

  async run(statement: Statement): Promise<unknown> {
    const [sql, parameters] = statement;
    const make = (): Promise<unknown> => this.query(...statement);
    if (READS.test(sql)) return make();
    const digest = digestOf(sql, parameters);
    const known = this.take(digest);
    if (known?.state === 'done') return [];
    if (CHANGES_ROWS.test(sql)) return this.changeRows(digest, make);
    return this.changeSchema(known?.step ?? (await this.insert(digest, 'begun')), known !== undefined, make);
  }

  private take(digest: string): Step | undefined {
    const at = this.before.findIndex((each) => each.digest === digest);
    return at < 0 ? undefined : this.before.splice(at, 1)[0];
  }

  private async changeRows(digest: string, change: () => Promise<unknown>): Promise<unknown> {
    await this.query('START TRANSACTION');
    try {
      const answer = await change();
      await this.insert(digest, 'done');
      await this.query('COMMIT');
      return answer;
    } catch (error) {
      await this.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async changeSchema(step: number, isInDoubt: boolean, change: () => Promise<unknown>): Promise<unknown> {
    const where = [this.migration, step];
    const answer = await change().catch(async (error: unknown) => {
      if (isInDoubt && wasMade(error)) return [];
      // The server has refused it: nothing is in doubt.
      await this.query('DELETE FROM migration_step WHERE migration = ? AND step = ?', where).catch(() => undefined);
      throw error;
    });
    await this.query(`UPDATE migration_step SET state = 'done' WHERE migration = ? AND step = ?`, where);
    return answer;
  }

  private async insert(digest: string, state: Step['state']): Promise<number> {
    const step = this.next;
    this.next += 1;
    const row = [this.migration, step, digest, state];
    await this.query('INSERT INTO migration_step (migration, step, digest, state) VALUES (?, ?, ?, ?)', row);
    return step;
  }
}

const wasMade = (error: unknown): boolean => MADE_ALREADY.has(String((error as { code?: unknown }).code));

const digestOf = (sql: string, parameters: unknown[] = []): string =>
  createHash('sha256')
    .update(JSON.stringify([sql, parameters]))
    .digest('base64url');
