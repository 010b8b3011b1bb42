import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, RequirePermission, type Principal } from '../auth/index.js';
import { MemoryWatch } from '../platform/index.js';
import { ChatTurn } from './conversation.dto.js';
import { TurnRunner } from './turn/turn-runner.js';

/** Proxies cut connections that are silent for longer. */
const KEEP_ALIVE_MS = 15_000;

/** Saying or doing something in a conversation. */
@ApiTags('chat')
@RequirePermission('chat:use')
@Controller('api/chat/conversations/:id')
export class TurnsController {
  constructor(
    private readonly turns: TurnRunner,
    private readonly memory: MemoryWatch,
  ) {}

  /** Answers with the AI SDK's UI message stream. Closing it stops the model; a call in flight finishes and is kept. */
  @Post('messages')
  @HttpCode(200)
  @ApiOperation({ operationId: 'sendChatMessage' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ description: "The AI SDK's UI message stream as server-sent events.", schema: { type: 'string' } })
  async send(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() turn: ChatTurn,
    @Res() response: Response,
  ): Promise<void> {
    this.memory.demandRoom();
    const live = await this.turns.start(caller, id, turn);
    const { pipeUIMessageStreamToResponse } = await import('ai');
    const headers = { 'Cache-Control': 'no-cache, no-transform', 'X-Accel-Buffering': 'no' };
    await pipeUIMessageStreamToResponse({ response, stream: live.chunks, headers, keepAliveMs: KEEP_ALIVE_MS });
  }

  @Post('stop')
  @HttpCode(204)
  @ApiOperation({ operationId: 'stopChatAnswer' })
  @ApiNoContentResponse()
  stop(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.turns.stop(caller, id);
  }
}
