import type { DataSourceOptions } from 'typeorm';
import { AUDIT_ENTITIES } from './audit/index.js';
import { ConversationRow, MessageRow } from './chat/index.js';
import { DeclaredItem } from './declaration/index.js';
import { IdempotencyKeyRow, JobRow } from './jobs/index.js';
import { LimitRuleRow } from './limits/index.js';
import { LlmProviderRow } from './llm/index.js';
import { AUTH_ENTITIES } from './auth/index.js';
import { PROFILE_ENTITIES } from './profiles/index.js';
import { GrantRow, ServiceRow, ToolReviewRow, UserCredentialRow } from './services/index.js';

/** Every table of the product, listed by hand: the data source and the drift test read it. */
export const ENTITIES = [
  ...AUTH_ENTITIES,
  ...AUDIT_ENTITIES,
  ServiceRow,
  GrantRow,
  UserCredentialRow,
  ToolReviewRow,
  LlmProviderRow,
  ConversationRow,
  MessageRow,
  DeclaredItem,
  JobRow,
  IdempotencyKeyRow,
  ...PROFILE_ENTITIES,
  LimitRuleRow,
] satisfies DataSourceOptions['entities'];
