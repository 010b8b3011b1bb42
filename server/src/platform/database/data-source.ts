import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ConnectionOptions } from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { isolateTransactions } from './isolate-transactions.js';
import { NodeSqlite } from './node-sqlite.js';

export interface DatabaseSettings {
  databaseUrl: string | undefined;
  /** Folder of the embedded database; made when missing. */
  dataDir: string;
  entities: DataSourceOptions['entities'];
  migrations: DataSourceOptions['migrations'];
}

/** How we speak with a database server, over whichever connection. */
const SERVER_CONNECTION = {
  charset: 'utf8mb4',
  timezone: 'Z',
  supportBigNumbers: true,
  bigNumberStrings: false,
  connectTimeout: 5_000,
} as const;

/** @param url as in `DATABASE_URL`; @returns the driver's settings for a connection of its own */
export function serverSettings(url: string): ConnectionOptions {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    ...SERVER_CONNECTION,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** The data source for MariaDB or MySQL when a URL is given, otherwise for the embedded SQLite. Not yet connected. */
export function createDataSource(settings: DatabaseSettings): DataSource {
  const shared = {
    entities: settings.entities,
    migrations: settings.migrations,
    synchronize: false,
    logging: false,
  } as const;
  if (settings.databaseUrl) {
    return new DataSource({
      ...shared,
      type: 'mariadb',
      ...SERVER_CONNECTION,
      url: settings.databaseUrl,
      poolSize: 10,
      extra: { waitForConnections: true, queueLimit: 1_000, enableKeepAlive: true },
    });
  }
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  return isolateTransactions(
    new DataSource({
      ...shared,
      type: 'better-sqlite3',
      driver: NodeSqlite,
      database: embeddedFile(settings.dataDir),
      prepareDatabase: (database: NodeSqlite) => {
        database.pragma('journal_mode = WAL');
        // FULL: with NORMAL a power cut takes acknowledged rows with it.
        database.pragma('synchronous = FULL');
      },
    }),
  );
}

const embeddedFile = (dataDir: string): string => join(dataDir, 'gatehouse.sqlite');

/** Whether there is an embedded database from an earlier start. */
export const hasEmbeddedDatabase = ({
  databaseUrl,
  dataDir,
}: {
  databaseUrl: string | undefined;
  dataDir: string;
}): boolean => databaseUrl === undefined && existsSync(embeddedFile(dataDir));
