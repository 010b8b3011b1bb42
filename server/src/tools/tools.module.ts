import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { Clock } from '../platform/index.js';
import { AnswerStore, MemoryAnswerStore } from './cache/answer-store.js';
import { CacheController } from './cache/cache.controller.js';
import { ResultCache } from './cache/result-cache.js';
import { ContentAccess } from './content-access.js';
import { FirstLook } from './first-look.js';
import { AccessGate } from './path/access-gate.js';
import { ApprovalGate } from './path/approval-gate.js';
import { CallLimiter } from './path/call-limiter.js';
import { CallPath } from './path/call-path.js';
import { ResultFilter } from './path/result-filter.js';
import { ServiceTestController } from './service-test.controller.js';
import { ServiceToolsController } from './service-tools.controller.js';
import { ToolDirectory } from './tool-directory.js';
import { ToolInvoker } from './tool-invoker.js';
import { ToolsController } from './tools.controller.js';
import { ArgumentValidator } from './validation/argument-validator.js';

@Module({
  imports: [ClientsModule],
  controllers: [CacheController, ToolsController, ServiceToolsController, ServiceTestController],
  providers: [
    AccessGate,
    ApprovalGate,
    ArgumentValidator,
    CallLimiter,
    CallPath,
    ContentAccess,
    FirstLook,
    ResultFilter,
    ToolDirectory,
    ToolInvoker,
    ResultCache,
    {
      provide: AnswerStore,
      useFactory: (clock: Clock) => new MemoryAnswerStore(() => clock.monotonicMs()),
      inject: [Clock],
    },
  ],
  exports: [CallPath, ContentAccess, FirstLook, ResultCache, ToolDirectory, ToolInvoker],
})
export class ToolsModule {}
