import type { Value } from './chain-format.js';

/** Runs one statement; a data source and a query runner both do. */
export type Query = (sql: string, parameters?: unknown[]) => Promise<unknown>;

export type RawRow = Record<string, unknown>;

export const rowsOf = async (query: Query, sql: string, parameters: unknown[] = []): Promise<RawRow[]> =>
  (await query(sql, parameters)) as RawRow[];

/** A column as both databases mean it. */
export const valueOf = (raw: unknown): Value => {
  if (raw === null || raw === undefined) return null;
  return typeof raw === 'string' ? raw : Number(raw);
};

export const valuesOf = (row: RawRow, columns: readonly string[]): Value[] => columns.map((name) => valueOf(row[name]));

export const textOf = (row: RawRow, name: string): string => String(valueOf(row[name]) ?? '');

export const numberOf = (row: RawRow, name: string): number => Number(row[name] ?? 0);

/** `?, ?, ?` */
export const places = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
