import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const bind = (value: unknown): SQLInputValue => {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Date ? value.toISOString() : (value as SQLInputValue);
};

class Statement {
  readonly reader: boolean;

  constructor(private readonly statement: StatementSync) {
    this.reader = statement.columns().length > 0;
  }

  all(...parameters: unknown[]): unknown[] {
    return this.statement.all(...parameters.map(bind));
  }

  run(...parameters: unknown[]): unknown {
    return this.statement.run(...parameters.map(bind));
  }
}

/** Node's own SQLite in the shape of better-sqlite3, as far as TypeORM's driver calls it. */
export class NodeSqlite {
  private readonly database: DatabaseSync;

  constructor(file: string, options: { readonly?: boolean; timeout?: number } = {}) {
    this.database = new DatabaseSync(file, {
      readOnly: options.readonly ?? false,
      timeout: options.timeout ?? 5_000,
      enableForeignKeyConstraints: true,
    });
  }

  /** False again when SQLite took a transaction back by itself, as it may when a disk fails or is full. */
  get isTransaction(): boolean {
    return this.database.isTransaction;
  }

  prepare(sql: string): Statement {
    return new Statement(this.database.prepare(sql));
  }

  pragma(text: string): unknown[] {
    return this.database.prepare(`PRAGMA ${text}`).all();
  }

  exec(sql: string): void {
    this.database.exec(sql);
  }

  close(): void {
    this.database.close();
  }
}
