import { TableColumn, type TableColumnOptions } from 'typeorm';
import { longText } from './columns.js';

/** The same columns as the entity decorators of `columns.ts`, for migrations. */
export const column = {
  id: (name = 'id'): TableColumn => new TableColumn({ name, type: 'varchar', length: '36', isPrimary: name === 'id' }),
  ref: (name: string, isNullable = false): TableColumn =>
    new TableColumn({ name, type: 'varchar', length: '36', isNullable }),
  text: (name: string, length: number, options: Partial<TableColumnOptions> = {}): TableColumn =>
    new TableColumn({ name, type: 'varchar', length: String(length), ...options }),
  long: (name: string, isNullable = false): TableColumn => new TableColumn({ name, type: longText(), isNullable }),
  moment: (name: string, isNullable = false): TableColumn => new TableColumn({ name, type: 'bigint', isNullable }),
  int: (name: string, options: Partial<TableColumnOptions> = {}): TableColumn =>
    new TableColumn({ name, type: databaseInt(), ...options }),
  flag: (name: string, initially: boolean): TableColumn =>
    new TableColumn({ name, type: booleanType(), default: initially ? "'1'" : "'0'" }),
};

const onMariaDb = (): boolean => longText() === 'longtext';
const databaseInt = (): string => (onMariaDb() ? 'int' : 'integer');
const booleanType = (): string => (onMariaDb() ? 'tinyint' : 'boolean');
