import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { Caller, RequirePermission, type Principal } from '../../auth/index.js';
import { Job, Repeatable, prefersAsync } from '../../jobs/index.js';
import { Nearest } from '../../limits/index.js';
import { RequestContext } from '../../platform/index.js';
import { RepeatableOrAsync, acceptJob, refuseCallback, signalFor } from '../jobs/async-answer.js';
import { ToolCallJob } from '../jobs/tool-call-job.js';
import { tellStanding } from '../tell-standing.js';
import { BatchBody, BatchResult } from './batch.dto.js';
import { BatchJob } from './batch-job.js';
import { BatchReplay } from './batch-replay.js';
import { BatchRunner } from './batch-runner.js';

/** How large all results of one answer may be, characters of JSON. */
const ROOM = 8 * 1024 * 1024;

/** Many calls in one request. */
@ApiTags('tools')
@Controller('api/mcp/tools/batch')
export class BatchController {
  constructor(
    private readonly runner: BatchRunner,
    private readonly jobs: BatchJob,
    private readonly calls: ToolCallJob,
  ) {}

  /** Up to a hundred calls that do not depend on each other; each has a status of its own. */
  // Calls have limits of their own, per person and per service.
  @SkipThrottle()
  @Post()
  @HttpCode(200)
  @RequirePermission('tools:use')
  @RepeatableOrAsync()
  @Repeatable(BatchReplay)
  @ApiOperation({ operationId: 'callToolsInBatch', summary: 'Call many tools at once' })
  @ApiOkResponse({ type: BatchResult })
  @ApiAcceptedResponse({ type: Job, description: 'With `Prefer: respond-async`: the job, also at `Location`.' })
  async callToolsInBatch(
    @Caller() caller: Principal,
    @Body() { items, callback }: BatchBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<BatchResult | Job> {
    if (prefersAsync(request)) {
      const row = await this.jobs.start(caller, items, callback);
      return acceptJob(response, row, await this.calls.standingOf(caller, items));
    }
    refuseCallback(callback);
    const { language } = RequestContext.current();
    const signal = signalFor(request, response);
    const nearest = new Nearest();
    const results = await this.runner.run({
      principal: caller,
      door: 'batch',
      items,
      language,
      room: ROOM,
      ...signal,
      onStanding: nearest.note,
    });
    if (nearest.standing) tellStanding(response)(nearest.standing);
    return { items: results };
  }
}
