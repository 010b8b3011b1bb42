import { QueryFailedError } from 'typeorm';

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
const SQLITE_UNIQUE = new Set([1555, 2067]);
/** SQLITE_CONSTRAINT_FOREIGNKEY. */
const SQLITE_FOREIGN_KEY = new Set([787]);

/** SQLITE_READONLY, SQLITE_IOERR, SQLITE_FULL and SQLITE_CANTOPEN; an extended code has them in its lowest byte. */
const SQLITE_STORAGE = new Set([8, 10, 13, 14]);
const MARIADB_STORAGE = new Set([
  'ER_DISK_FULL',
  'ER_RECORD_FILE_FULL',
  'ER_ERROR_ON_WRITE',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_OPEN_AS_READONLY',
]);

const NOT_YET = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST']);

/** Whether a database server could not be reached, which it may be in a moment. */
export const isStillStarting = (error: unknown): boolean => NOT_YET.has(String((error as { code?: unknown }).code));

/** Whether a statement failed because such a row exists already, on either database. */
export const isUniqueViolation = (error: unknown): boolean => isViolation(error, SQLITE_UNIQUE, 'ER_DUP_ENTRY');

/** Whether a statement failed because the row that it refers to is gone, on either database. */
export const isMissingParent = (error: unknown): boolean =>
  isViolation(error, SQLITE_FOREIGN_KEY, 'ER_NO_REFERENCED_ROW_2');

/** Whether a statement failed because nothing can be stored right now, on either database: no room, a broken disk, read-only. */
export function isStorageFailure(error: unknown): boolean {
  const { errcode, code = '' } = driverErrorOf(error) ?? {};
  return (errcode !== undefined && SQLITE_STORAGE.has(errcode & 0xff)) || MARIADB_STORAGE.has(code);
}

function isViolation(error: unknown, sqlite: ReadonlySet<number>, mariadb: string): boolean {
  const driver = driverErrorOf(error);
  if (!driver) return false;
  return (driver.errcode !== undefined && sqlite.has(driver.errcode)) || driver.code === mariadb;
}

interface DriverError {
  readonly errcode?: number;
  readonly code?: string;
}

const driverErrorOf = (error: unknown): DriverError | undefined =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : undefined;
