import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { Clock, RedisLink, SecretBox } from '../platform/index.js';
import { AnswerStore, MemoryAnswerStore } from './cache/answer-store.js';
import { CacheController } from './cache/cache.controller.js';
import { RedisAnswerStore } from './cache/redis-answer-store.js';
import { ResultCache } from './cache/result-cache.js';
import { JobsModule } from '../jobs/index.js';
import { BatchController } from './batch/batch.controller.js';
import { BatchJob } from './batch/batch-job.js';
import { BatchReplay } from './batch/batch-replay.js';
import { BatchRunner } from './batch/batch-runner.js';
import { ContentAccess } from './content-access.js';
import { FirstLook } from './first-look.js';
import { CallReplay } from './jobs/call-replay.js';
import { ToolCallJob } from './jobs/tool-call-job.js';
import { AccessGate } from './path/access-gate.js';
import { ApprovalGate } from './path/approval-gate.js';
import { CallLimiter } from './path/call-limiter.js';
import { CallPath } from './path/call-path.js';
import { ResultFilter } from './path/result-filter.js';
import { ServicePinController } from './service-pin.controller.js';
import { ServiceTestController } from './service-test.controller.js';
import { ServiceToolsController } from './service-tools.controller.js';
import { ToolDirectory } from './tool-directory.js';
import { ToolInvoker } from './tool-invoker.js';
import { ToolsController } from './tools.controller.js';
import { ArgumentValidator } from './validation/argument-validator.js';
import { ResultValidator } from './validation/result-validator.js';
import { SchemaChecker } from './validation/schema-checker.js';

@Module({
  imports: [ClientsModule, JobsModule],
  controllers: [
    CacheController,
    ToolsController,
    BatchController,
    ServiceToolsController,
    ServiceTestController,
    ServicePinController,
  ],
  providers: [
    AccessGate,
    ApprovalGate,
    ArgumentValidator,
    BatchJob,
    BatchReplay,
    BatchRunner,
    CallLimiter,
    CallPath,
    CallReplay,
    ContentAccess,
    FirstLook,
    ResultFilter,
    ResultValidator,
    SchemaChecker,
    ToolCallJob,
    ToolDirectory,
    ToolInvoker,
    ResultCache,
    {
      provide: AnswerStore,
      useFactory: ({ client }: RedisLink, box: SecretBox, clock: Clock) =>
        client ? new RedisAnswerStore(client, box) : new MemoryAnswerStore(() => clock.monotonicMs()),
      inject: [RedisLink, SecretBox, Clock],
    },
  ],
  exports: [CallPath, ContentAccess, FirstLook, ResultCache, ToolDirectory, ToolInvoker],
})
export class ToolsModule {}
