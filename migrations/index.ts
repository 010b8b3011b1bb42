import type { DataSourceOptions } from 'typeorm';
import { CreateAuditTables1764000002000 } from './1764000002000-create-audit-tables.js';
import { CreateServicesTables1764000003000 } from './1764000003000-create-services-tables.js';

/** Every migration, oldest first. Never edited once released; see CONTRIBUTING.md. */
export const MIGRATIONS = [CreateAuditTables1764000002000, CreateServicesTables1764000003000] satisfies DataSourceOptions['migrations'];
