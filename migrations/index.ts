import type { DataSourceOptions } from 'typeorm';
import { CreateAuthTables1764000001000 } from './1764000001000-create-auth-tables.js';
import { CreateAuditTables1764000002000 } from './1764000002000-create-audit-tables.js';
import { CreateServicesTables1764000003000 } from './1764000003000-create-services-tables.js';
import { CreateLlmTables1764000004000 } from './1764000004000-create-llm-tables.js';
import { CreateChatTables1764000005000 } from './1764000005000-create-chat-tables.js';
import { CreateDeclarationTables1764000006000 } from './1764000006000-create-declaration-tables.js';
import { CreateProfileTables1764000007000 } from './1764000007000-create-profile-tables.js';
import { AddProfileToUsage1764000008000 } from './1764000008000-add-profile-to-usage.js';
import { CreateLimitTables1764000009000 } from './1764000009000-create-limit-tables.js';
import { CreateJobTable1764000010000 } from './1764000010000-create-job-table.js';
import { CreateIdempotencyTable1764000011000 } from './1764000011000-create-idempotency-table.js';
import { ChainAudit1764000012000 } from './1764000012000-chain-audit.js';
import { CreateUserCredentials1764000015000 } from './1764000015000-create-user-credentials.js';
import { CreateAuditGap1764000020000 } from './1764000020000-create-audit-gap.js';
import { CreateToolReview1764000021000 } from './1764000021000-create-tool-review.js';

/** Every migration, oldest first. Never edited once released; see CONTRIBUTING.md. */
export const MIGRATIONS = [
  CreateAuthTables1764000001000,
  CreateAuditTables1764000002000,
  CreateServicesTables1764000003000,
  CreateLlmTables1764000004000,
  CreateChatTables1764000005000,
  CreateDeclarationTables1764000006000,
  CreateProfileTables1764000007000,
  AddProfileToUsage1764000008000,
  CreateLimitTables1764000009000,
  CreateJobTable1764000010000,
  CreateIdempotencyTable1764000011000,
  ChainAudit1764000012000,
  CreateUserCredentials1764000015000,
  CreateAuditGap1764000020000,
  CreateToolReview1764000021000,
] satisfies DataSourceOptions['migrations'];
