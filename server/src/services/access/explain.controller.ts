import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn, type Principal } from '../../auth/index.js';
import { Explainer } from './explainer.js';
import { ExplainQuery, Explanation } from './explanation.dto.js';

@ApiTags('access')
@Controller('api/mcp/access')
export class ExplainController {
  constructor(private readonly explainer: Explainer) {}

  @Get('explain')
  @SignedIn()
  @ApiOperation({ operationId: 'explainAccess', summary: 'Why somebody may, or may not, use a service or a tool' })
  @ApiOkResponse({ type: Explanation })
  explain(@Caller() caller: Principal, @Query() query: ExplainQuery): Explanation {
    return this.explainer.explain(caller, query);
  }
}
