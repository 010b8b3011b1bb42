import { QueryFailedError } from 'typeorm';

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
const SQLITE_UNIQUE = new Set([1555, 2067]);
/** SQLITE_CONSTRAINT_FOREIGNKEY. */
const SQLITE_FOREIGN_KEY = new Set([787]);

const NOT_YET = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST']);

/** Whether a database server could not be reached, which it may be in a moment. */
export const isStillStarting = (error: unknown): boolean => NOT_YET.has(String((error as { code?: unknown }).code));

/** Whether a statement failed because such a row exists already, on either database. */
export const isUniqueViolation = (error: unknown): boolean => isViolation(error, SQLITE_UNIQUE, 'ER_DUP_ENTRY');

/** Whether a statement failed because the row that it refers to is gone, on either database. */
export const isMissingParent = (error: unknown): boolean =>
  isViolation(error, SQLITE_FOREIGN_KEY, 'ER_NO_REFERENCED_ROW_2');

function isViolation(error: unknown, sqlite: ReadonlySet<number>, mariadb: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const driver = error.driverError as { errcode?: number; code?: string };
  return (driver.errcode !== undefined && sqlite.has(driver.errcode)) || driver.code === mariadb;
}
