import type { Connection, ConnectionOptions } from 'mysql2/promise';
import { QueryFailedError, type DataSource } from 'typeorm';
import { SERVER_CONNECTION } from './data-source.js';

/** A statement with its values. */
export interface Statement {
  readonly sql: string;
  readonly values?: readonly unknown[];
}

/**
 * A connection to the database server for one user alone, who has several statements done in one trip. It is opened when it is
 * needed; after a failure it is thrown away, which rolls back, and opened anew.
 */
export class ServerConnection {
  private opening: Promise<Connection> | undefined;

  constructor(private readonly database: DataSource) {}

  /**
   * One after the other; the first that fails is the last that is done.
   *
   * @returns what each of them gave
   * @throws {QueryFailedError} a statement failed; nothing that was not committed stays
   * @throws what the driver throws when it cannot connect
   */
  async run(statements: readonly Statement[]): Promise<unknown[]> {
    this.opening ??= this.open();
    const sql = statements.map((each) => each.sql).join('; ');
    const values = statements.flatMap((each) => each.values ?? []);
    try {
      const connection = await this.opening;
      const [results] = await connection.query(sql, values).catch((error: Error) => {
        throw new QueryFailedError(sql, undefined, error);
      });
      return statements.length === 1 ? [results] : (results as unknown[]);
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  /** What is under way has failed then. */
  async discard(): Promise<void> {
    const { opening } = this;
    this.opening = undefined;
    // One that could not be opened needs no closing.
    const connection = await opening?.catch(() => undefined);
    connection?.destroy();
  }

  private open(): Promise<Connection> {
    const { hostname, port, username, password, pathname } = new URL((this.database.options as { url: string }).url);
    const settings: ConnectionOptions = {
      ...SERVER_CONNECTION,
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 3306),
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
      database: decodeURIComponent(pathname.slice(1)),
      enableKeepAlive: true,
      // Only here, where every statement is one of ours.
      multipleStatements: true,
    };
    const opening = import('mysql2/promise').then(({ createConnection }) => createConnection(settings));
    // A server ends what was idle for hours: whoever comes next must not be the one to find out.
    const forget = (): void => {
      if (this.opening === opening) this.opening = undefined;
    };
    opening.then((connection) => connection.on('end', forget).on('error', forget), forget);
    return opening;
  }
}
