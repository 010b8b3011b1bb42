import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/index.js';
import { ContentAccess } from './content-access.js';
import { FirstLook } from './first-look.js';
import { AccessGate } from './path/access-gate.js';
import { ApprovalGate } from './path/approval-gate.js';
import { CallLimiter } from './path/call-limiter.js';
import { CallPath } from './path/call-path.js';
import { NoResultCache, ResultCache } from './path/result-cache.js';
import { ResultFilter } from './path/result-filter.js';
import { ServiceTestController } from './service-test.controller.js';
import { ServiceToolsController } from './service-tools.controller.js';
import { ToolDirectory } from './tool-directory.js';
import { ToolInvoker } from './tool-invoker.js';
import { ToolsController } from './tools.controller.js';
import { ArgumentValidator } from './validation/argument-validator.js';

@Module({
  imports: [ClientsModule],
  controllers: [ToolsController, ServiceToolsController, ServiceTestController],
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
    { provide: ResultCache, useClass: NoResultCache },
  ],
  exports: [CallPath, ContentAccess, FirstLook, ToolDirectory, ToolInvoker],
})
export class ToolsModule {}
