import { QueryFailedError } from 'typeorm';

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
const SQLITE_UNIQUE = new Set([1555, 2067]);

const NOT_YET = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST']);

/** Whether a database server could not be reached, which it may be in a moment. */
export const isStillStarting = (error: unknown): boolean => NOT_YET.has(String((error as { code?: unknown }).code));

/** Whether a statement failed because such a row exists already, on either database. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const driver = error.driverError as { errcode?: number; code?: string };
  return (driver.errcode !== undefined && SQLITE_UNIQUE.has(driver.errcode)) || driver.code === 'ER_DUP_ENTRY';
}
