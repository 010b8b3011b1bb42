import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Caller, RequirePermission, SignedInOrEmbedded, holds, type Principal } from '../auth/index.js';
import { Job, Repeatable, prefersAsync } from '../jobs/index.js';
import { AppError, type Page } from '../platform/index.js';
import { FirstLook } from './first-look.js';
import { acceptJob, refuseCallback, signalFor, RepeatableOrAsync } from './jobs/async-answer.js';
import { CallReplay } from './jobs/call-replay.js';
import { ToolCallJob } from './jobs/tool-call-job.js';
import { pageOfSorted } from './page-of-sorted.js';
import { ServiceVisibility, ToolPolicies, ToolReviews, authorOf } from '../services/index.js';
import { tellStanding } from './tell-standing.js';
import { ToolDirectory } from './tool-directory.js';
import { ToolInvoker } from './tool-invoker.js';
import { toolOf } from './tool-presenter.js';
import {
  CallRequestBody,
  CallResult,
  ServiceListQuery,
  Tool,
  ToolPage,
  ToolPolicy,
  ToolReviewDecision,
} from './tool.dto.js';

/** The tools of one service. `id` is its id or slug. */
@ApiTags('tools')
@Controller('api/mcp/services/:id/tools')
export class ServiceToolsController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly directory: ToolDirectory,
    private readonly invoker: ToolInvoker,
    private readonly policies: ToolPolicies,
    private readonly reviews: ToolReviews,
    private readonly look: FirstLook,
    private readonly jobs: ToolCallJob,
  ) {}

  /** Whoever administers services sees all tools, everybody else those that they may call. */
  @Get()
  @SignedInOrEmbedded()
  @ApiOkResponse({ type: ToolPage })
  async listServiceTools(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: ServiceListQuery,
  ): Promise<Page<Tool>> {
    const service = this.visibility.demand(caller, id);
    await this.look.demand(service);
    const seesAll = holds(caller, 'services:read');
    const tools = this.directory
      .of(service.id)
      .map((tool) => ({ tool, mayCall: this.directory.mayCall(caller, tool) }))
      .filter(({ mayCall }) => seesAll || mayCall);
    return pageOfSorted(
      tools,
      query,
      ({ tool }) => tool.publicName,
      ({ tool, mayCall }) =>
        toolOf(tool, mayCall, seesAll ? this.reviews.of(service.id, tool.definition.name) : undefined),
    );
  }

  @Put(':tool_name/policy')
  @RequirePermission('services:write')
  @ApiOkResponse({ type: Tool })
  async setToolPolicy(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('tool_name') toolName: string,
    @Body() policy: ToolPolicy,
  ): Promise<Tool> {
    const service = this.visibility.demand(caller, id);
    if (!this.directory.find(service.id, toolName)) throw notFound(toolName);
    await this.policies.set(service.id, toolName, policy, authorOf(caller));
    return this.reviewed(caller, service.id, toolName);
  }

  /** Accepts what the tool says now, or holds it: nobody may see or call it then. */
  @Put(':tool_name/review')
  @RequirePermission('services:write')
  @ApiOkResponse({ type: Tool })
  async reviewTool(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('tool_name') toolName: string,
    @Body() body: ToolReviewDecision,
  ): Promise<Tool> {
    const service = this.visibility.demand(caller, id);
    if (!this.directory.find(service.id, toolName)) throw notFound(toolName);
    await this.reviews.decide(service.id, toolName, body, authorOf(caller));
    return this.reviewed(caller, service.id, toolName);
  }

  /**
   * Ends with the service's answer, also when the tool itself failed; our own refusals are errors. With
   * `Prefer: respond-async` a job calls the tool; what is refused is refused at once.
   */
  // Calls have limits of their own, per person and per service.
  @SkipThrottle()
  @Post(':tool_name')
  @HttpCode(200)
  @RequirePermission('tools:use')
  @RepeatableOrAsync()
  @Repeatable(CallReplay)
  @ApiOkResponse({ type: CallResult })
  @ApiAcceptedResponse({ type: Job, description: 'With `Prefer: respond-async`: the job, also at `Location`.' })
  async callTool(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('tool_name') toolName: string,
    @Body() body: CallRequestBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CallResult | Job> {
    const { callback, ...call } = body;
    if (!prefersAsync(request)) refuseCallback(callback);
    else if (this.jobs.mayBegin(caller, id, toolName)) {
      const draft = { service: id, tool: toolName, ...call };
      const row = await this.jobs.start(caller, draft, callback);
      return acceptJob(response, row, await this.jobs.standingOf(caller, [draft]));
    }
    const { timing: _, ...answer } = await this.invoker.invoke({
      principal: caller,
      door: 'rest',
      serviceId: id,
      tool: toolName,
      ...call,
      ...signalFor(request, response),
      onStanding: tellStanding(response),
    });
    return answer;
  }

  private reviewed(caller: Principal, serviceId: string, toolName: string): Tool {
    const tool = this.directory.find(serviceId, toolName);
    if (!tool) throw notFound(toolName);
    return toolOf(tool, this.directory.mayCall(caller, tool), this.reviews.of(serviceId, toolName));
  }
}

const notFound = (tool: string): AppError => new AppError('tool_not_found', { details: { tool } });
