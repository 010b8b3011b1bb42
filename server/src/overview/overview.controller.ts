import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn, type Principal } from '../auth/index.js';
import { Overview } from './overview.dto.js';
import { OverviewReader } from './overview-reader.js';

@ApiTags('overview')
@Controller('api/overview')
@SignedIn()
export class OverviewController {
  constructor(private readonly reader: OverviewReader) {}

  @Get()
  @ApiOperation({ operationId: 'getOverview', summary: 'The state of things, limited to what the caller may see' })
  @ApiOkResponse({ type: Overview })
  read(@Caller() caller: Principal): Promise<Overview> {
    return this.reader.read(caller);
  }
}
