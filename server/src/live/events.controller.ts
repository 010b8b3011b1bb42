import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, SignedInOrEmbedded, type Principal } from '../auth/index.js';
import { EventOutlet } from '../platform/index.js';
import { LiveFeed } from './live-feed.js';

/** What happens, as it happens. */
@ApiTags('live')
@Controller('api/events')
export class EventsController {
  constructor(private readonly feed: LiveFeed) {}

  /** Server-sent events: first the health of every service that the caller may see, then each change. */
  @Get()
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'followEvents' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: 'An endless stream of server-sent events.', schema: { type: 'string' } })
  follow(@Caller() caller: Principal, @Res() response: Response): void {
    this.feed.open(caller, new EventOutlet(response));
  }
}
