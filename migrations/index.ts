import type { DataSourceOptions } from 'typeorm';
import { CreateAuditTables1764000002000 } from './1764000002000-create-audit-tables.js';

/** Every migration, oldest first. Never edited once released; see CONTRIBUTING.md. */
export const MIGRATIONS = [CreateAuditTables1764000002000] satisfies DataSourceOptions['migrations'];
