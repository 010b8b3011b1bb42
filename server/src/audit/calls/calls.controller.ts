import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn, type Principal } from '../../auth/index.js';
import type { Page } from '../../platform/index.js';
import { CallSeals } from '../verify/call-seal.js';
import { CallPage, CallQuery, SealedCall, type Call } from './call.dto.js';
import { CallSearch } from './call-search.js';

@ApiTags('audit')
@Controller('api/audit/calls')
@SignedIn()
export class CallsController {
  constructor(
    private readonly search: CallSearch,
    private readonly seals: CallSeals,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listCalls', summary: 'Calls and refusals, newest first; one’s own without audit:read' })
  @ApiOkResponse({ type: CallPage })
  list(@Caller() caller: Principal, @Query() query: CallQuery): Promise<Page<Call>> {
    return this.search.search(query, caller);
  }

  @Get(':id')
  @ApiOperation({ operationId: 'getCall', summary: 'One call with its masked request and response' })
  @ApiOkResponse({ type: SealedCall })
  async find(@Caller() caller: Principal, @Param('id') id: string): Promise<SealedCall> {
    return { ...(await this.search.find(id, caller)), seal: await this.seals.of(id) };
  }
}
