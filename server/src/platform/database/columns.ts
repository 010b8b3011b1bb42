import { Column, PrimaryColumn, type ValueTransformer } from 'typeorm';

/** Which SQL dialect this process runs on. Known before any entity is loaded, because column types depend on it. */
export type DatabaseKind = 'sqlite' | 'mariadb';

export const databaseKind = (): DatabaseKind => (process.env['DATABASE_URL'] ? 'mariadb' : 'sqlite');

/** Unlimited text; MariaDB's `text` ends at 64 kB. */
export const longText = (): 'text' | 'longtext' => (databaseKind() === 'mariadb' ? 'longtext' : 'text');

/** A random id, made in code. */
export const IdColumn = (): PropertyDecorator => PrimaryColumn({ type: 'varchar', length: 36 });

interface Options {
  /** Name of the column where it differs from the property. */
  name?: string;
  nullable?: boolean;
}

/** Another row's id. */
export const RefColumn = (options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: 'varchar', length: 36 });

/** A moment with millisecond precision on both databases: `Date` in code, epoch milliseconds in the row. */
export const MomentColumn = (options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: 'bigint', transformer: MOMENT });

const MOMENT: ValueTransformer = {
  to: (value: unknown) => (value instanceof Date ? value.getTime() : value),
  from: (value: unknown) => (value === null || value === undefined ? null : new Date(Number(value))),
};

/** A JSON value in a text column, so that both databases keep it byte for byte. */
export const JsonColumn = (options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: longText(), transformer: JSON_TEXT });

const JSON_TEXT: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: unknown) => (typeof value === 'string' ? (JSON.parse(value) as unknown) : null),
};

/** Yes or no, with the same default text on both databases, so that no schema drift is seen. */
export const FlagColumn = (initially: boolean, options: Options = {}): PropertyDecorator =>
  Column({ ...options, type: 'boolean', default: initially ? '1' : '0' });
