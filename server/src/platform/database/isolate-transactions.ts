import type { DataSource, Driver, QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { NodeSqlite } from './node-sqlite.js';
import { TransactionGate } from './transaction-gate.js';

/** What TypeORM begins a transaction with, and what we do. */
const BEGIN = 'BEGIN TRANSACTION';
/** With the right to write at once: one that only asks for it after reading is refused if another connection wrote meanwhile. */
const BEGIN_TO_WRITE = 'BEGIN IMMEDIATE TRANSACTION';

/**
 * Gives every caller of a SQLite data source a transaction of its own.
 *
 * TypeORM shares one query runner between all callers of SQLite, so concurrent transactions nest into each other and
 * acknowledged rows are lost on somebody else's rollback. Here each caller has its own runner, and a gate in front of
 * the single connection lets one transaction run at a time.
 *
 * Where a disk fails or is full SQLite may end a transaction by itself. Nothing more is done in its name then, and the gate
 * opens: otherwise nobody would get to the database any more.
 */
export function isolateTransactions(source: DataSource): DataSource {
  const gate = new TransactionGate();
  const statements = new Map();
  const driver = source.driver as Driver & ConstructorParameters<typeof BetterSqlite3QueryRunner>[0];
  const connection = (): NodeSqlite => driver.databaseConnection as NodeSqlite;

  class GatedQueryRunner extends BetterSqlite3QueryRunner {
    constructor(driver: ConstructorParameters<typeof BetterSqlite3QueryRunner>[0]) {
      super(driver);
      // One cache for all runners: otherwise each short-lived runner prepares every statement anew.
      Object.assign(this, { stmtCache: statements });
    }

    override async query<T>(...[sql, ...rest]: Parameters<BetterSqlite3QueryRunner['query']>): Promise<T> {
      if (this.isLost()) throw new Error('The database has taken the transaction back.');
      const args = [sql === BEGIN ? BEGIN_TO_WRITE : sql, ...rest] as const;
      if (this.isTransactionActive || !gate.isBusyFor(this)) return super.query(...args) as Promise<T>;
      await gate.acquire(this);
      try {
        return (await super.query(...args)) as T;
      } finally {
        gate.release(this);
      }
    }

    override async startTransaction(...args: Parameters<BetterSqlite3QueryRunner['startTransaction']>): Promise<void> {
      const outermost = !this.isTransactionActive;
      if (outermost) await gate.acquire(this);
      try {
        await super.startTransaction(...args);
      } catch (error) {
        if (outermost) {
          this.isTransactionActive = false;
          gate.release(this);
        }
        throw error;
      }
    }

    override async commitTransaction(): Promise<void> {
      try {
        await super.commitTransaction();
      } finally {
        if (!this.isTransactionActive) gate.release(this);
      }
    }

    override async rollbackTransaction(): Promise<void> {
      try {
        if (this.isLost()) this.leaveLost();
        else await super.rollbackTransaction();
      } finally {
        if (!this.isTransactionActive) gate.release(this);
      }
    }

    private isLost(): boolean {
      return this.isTransactionActive && this.transactionDepth > 0 && !connection().isTransaction;
    }

    /** Whoever is around this transaction has lost theirs as well, and is to find that out. */
    private leaveLost(): void {
      this.transactionDepth -= 1;
      this.isTransactionActive = this.transactionDepth > 0;
    }
  }

  driver.createQueryRunner = (): QueryRunner => new GatedQueryRunner(driver);
  return source;
}
