import { QueryFailedError } from 'typeorm';

/** SQLITE_CONSTRAINT_PRIMARYKEY and SQLITE_CONSTRAINT_UNIQUE. */
const SQLITE_UNIQUE = new Set([1555, 2067]);

/** Whether a statement failed because such a row exists already, on either database. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const driver = error.driverError as { errcode?: number; code?: string };
  return (driver.errcode !== undefined && SQLITE_UNIQUE.has(driver.errcode)) || driver.code === 'ER_DUP_ENTRY';
}
