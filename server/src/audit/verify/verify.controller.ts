import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../auth/index.js';
import { NewestCheck } from './newest-check.js';
import { AuditVerdict } from './verdict.dto.js';

@ApiTags('audit')
@Controller('api/audit/verify')
export class VerifyController {
  constructor(private readonly check: NewestCheck) {}

  @Get()
  @RequirePermission('audit:read')
  @ApiOperation({
    operationId: 'verifyAudit',
    summary: 'Whether the newest thousand entries of each chain are what was written; audit:verify looks at all',
  })
  @ApiOkResponse({ type: AuditVerdict })
  verify(): Promise<AuditVerdict> {
    return this.check.look();
  }
}
