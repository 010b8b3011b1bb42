import type { DataSourceOptions } from 'typeorm';
import { CallRecord, TrailEntry } from './audit/index.js';
import { GrantRow, ServiceRow } from './services/index.js';

/** Every table of the product, listed by hand: the data source and the drift test read it. */
export const ENTITIES = [CallRecord, TrailEntry, ServiceRow, GrantRow] satisfies DataSourceOptions['entities'];
