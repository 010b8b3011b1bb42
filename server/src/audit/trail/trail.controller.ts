import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../auth/index.js';
import type { Page } from '../../platform/index.js';
import { AdminEventPage, TrailQuery, type AdminEvent } from './trail.dto.js';
import { TrailSearch } from './trail-search.js';

@ApiTags('audit')
@Controller('api/audit/events')
export class TrailController {
  constructor(private readonly search: TrailSearch) {}

  @Get()
  @RequirePermission('audit:read')
  @ApiOperation({ operationId: 'listAdminEvents', summary: 'Administrative changes, newest first' })
  @ApiOkResponse({ type: AdminEventPage })
  list(@Query() query: TrailQuery): Promise<Page<AdminEvent>> {
    return this.search.search(query);
  }
}
