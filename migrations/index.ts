import type { DataSourceOptions } from 'typeorm';

/** Every migration, oldest first. Never edited once released; see CONTRIBUTING.md. */
export const MIGRATIONS = [] satisfies DataSourceOptions['migrations'];
