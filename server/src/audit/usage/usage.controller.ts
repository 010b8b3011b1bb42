import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn, type Principal } from '../../auth/index.js';
import { UsageQuery, UsageReport } from './usage.dto.js';
import { UsageStatistics } from './usage-statistics.js';

@ApiTags('usage')
@Controller('api/usage')
@SignedIn()
export class UsageController {
  constructor(private readonly statistics: UsageStatistics) {}

  @Get()
  @ApiOperation({
    operationId: 'getUsage',
    summary: 'Calls counted by service, tool, user or day; one’s own without usage:read',
  })
  @ApiOkResponse({ type: UsageReport })
  report(@Caller() caller: Principal, @Query() query: UsageQuery): Promise<UsageReport> {
    return this.statistics.report(query, caller);
  }
}
