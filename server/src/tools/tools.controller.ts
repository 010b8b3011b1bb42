import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, type Principal } from '../auth/index.js';
import type { Page } from '../platform/index.js';
import { pageOfSorted } from './page-of-sorted.js';
import { ToolDirectory } from './tool-directory.js';
import { callableToolOf, matchesWords } from './tool-presenter.js';
import { CallableToolPage, ToolSearchQuery, type CallableTool } from './tool.dto.js';

/** Tools across all services. */
@ApiTags('tools')
@Controller('api/mcp/tools')
export class ToolsController {
  constructor(private readonly directory: ToolDirectory) {}

  /** Exactly what the caller may call right now. */
  @Get()
  @RequirePermission('tools:use')
  @ApiOkResponse({ type: CallableToolPage })
  listTools(@Caller() caller: Principal, @Query() query: ToolSearchQuery): Page<CallableTool> {
    const words = query.q?.trim();
    const tools = this.directory.visibleTo(caller).filter((tool) => !words || matchesWords(tool, words));
    return pageOfSorted(tools, query, (tool) => tool.publicName, callableToolOf);
  }
}
