import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, SignedInOrEmbedded, type Principal } from '../auth/index.js';
import { EventOutlet, type Page } from '../platform/index.js';
import { Job, JobDetail, JobPage, JobQuery } from './job.dto.js';
import { JobDesk } from './job-desk.js';
import { JobFeed } from './job-feed.js';
import { jobDetailOf, jobOf } from './job-presenter.js';

/** Work that goes on after the request that asked for it. Not yours is not found. */
@ApiTags('jobs')
@Controller('api/jobs')
export class JobsController {
  constructor(
    private readonly desk: JobDesk,
    private readonly feed: JobFeed,
  ) {}

  /** One's own jobs, newest first; a key sees those that were started with it. */
  @Get()
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'listJobs', summary: 'Jobs, newest first' })
  @ApiOkResponse({ type: JobPage })
  async list(@Caller() caller: Principal, @Query() query: JobQuery): Promise<Page<Job>> {
    const { items, nextCursor } = await this.desk.page(caller, {
      everybody: query.everybody ?? false,
      status: query.status,
      limit: query.limit ?? 50,
      cursor: query.cursor,
    });
    return { items: items.map(jobOf), nextCursor };
  }

  @Get(':id')
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'getJob', summary: 'One job, with its result' })
  @ApiOkResponse({ type: JobDetail })
  async get(@Caller() caller: Principal, @Param('id') id: string): Promise<JobDetail> {
    return jobDetailOf(await this.desk.demand(caller, id));
  }

  /** A job that waits is cancelled at once. One that runs is asked to stop, and says itself how it ended. */
  @Post(':id/cancel')
  @HttpCode(200)
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'cancelJob', summary: 'Stop a job' })
  @ApiOkResponse({ type: JobDetail })
  async cancel(@Caller() caller: Principal, @Param('id') id: string): Promise<JobDetail> {
    return jobDetailOf(await this.desk.cancel(caller, id));
  }

  /** Server-sent events `job`: the job as it is now and at each change, without its result; ends with the job. */
  @Get(':id/events')
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'followJob', summary: 'How a job goes on' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'Server-sent events of the type `job`.', schema: { type: 'string' } })
  async follow(@Caller() caller: Principal, @Param('id') id: string, @Res() response: Response): Promise<void> {
    this.feed.open(caller, await this.desk.demand(caller, id), new EventOutlet(response));
  }
}
