import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, RequirePermission, type Principal } from '../auth/index.js';
import { Traffic } from '../gateway/index.js';
import { EventOutlet } from '../platform/index.js';
import { goneSignal } from '../tools/index.js';
import { FrameFeed } from './frame-feed.js';
import { InspectorAnswer, InspectorRequest, TrafficSourceView } from './inspector.dto.js';
import { RequestRunner } from './request-runner.js';

/** What passes between MCP clients, Gatehouse and services, for whoever has to find out why something does not work. */
@ApiTags('inspector')
@Controller('api/inspector')
export class InspectorController {
  constructor(
    private readonly traffic: Traffic,
    private readonly feed: FrameFeed,
    private readonly runner: RequestRunner,
  ) {}

  /** The clients of the last half hour, the one used last first. */
  @Get('sources')
  @RequirePermission('inspector:read')
  @ApiOperation({ operationId: 'listTrafficSources' })
  @ApiOkResponse({ type: [TrafficSourceView] })
  sources(): readonly TrafficSourceView[] {
    return this.traffic.sources();
  }

  /** Server-sent events `frame`: what was kept since somebody began to look, then each message. Looking is on the trail. */
  @Get('sources/:id/frames')
  @RequirePermission('inspector:read')
  @ApiOperation({ operationId: 'followTrafficFrames' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'An endless stream of server-sent events.', schema: { type: 'string' } })
  frames(@Caller() caller: Principal, @Param('id') id: string, @Res() response: Response): Promise<void> {
    return this.feed.open(caller, id, new EventOutlet(response));
  }

  /** Sends a request as an MCP client would. A call is on record like any other; running it as somebody else is on the trail. */
  @Post('requests')
  @HttpCode(200)
  @RequirePermission('inspector:read')
  @ApiOperation({ operationId: 'runInspectorRequest' })
  @ApiOkResponse({ type: InspectorAnswer })
  run(
    @Caller() caller: Principal,
    @Body() request: InspectorRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<InspectorAnswer> {
    return this.runner.run(caller, request, goneSignal(response));
  }
}
