import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { SkipThrottle } from '@nestjs/throttler';
import type { Response } from 'express';
import { Caller, RequirePermission, type Principal } from '../../auth/index.js';
import { goneSignal } from '../../tools/index.js';
import { ConversationStore } from '../conversation.store.js';
import { AppDesk } from './app-desk.js';
import { AppCall, AppCallResult, AppPage, AppRead, AppReadResult } from './app.dto.js';

/** The app of a tool that was called in a conversation. `service_id` is its id or slug. */
@ApiTags('chat')
@RequirePermission('chat:use')
@Controller('api/chat/conversations/:id/apps/:service_id/:tool_name')
export class AppsController {
  constructor(
    private readonly conversations: ConversationStore,
    private readonly desk: AppDesk,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'getAppPage' })
  @ApiOkResponse({ type: AppPage })
  async page(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('service_id') serviceId: string,
    @Param('tool_name') tool: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppPage> {
    return this.desk.page(await this.originOf(caller, id, response), { serviceId, tool });
  }

  /** Calls have limits of their own, per person and per service. */
  @SkipThrottle()
  @Post('calls')
  @HttpCode(200)
  @ApiOperation({ operationId: 'callToolForApp' })
  @ApiOkResponse({ type: AppCallResult })
  async call(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('service_id') serviceId: string,
    @Param('tool_name') tool: string,
    @Body() call: AppCall,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppCallResult> {
    return this.desk.call(await this.originOf(caller, id, response), { serviceId, tool }, call);
  }

  @SkipThrottle()
  @Post('resources')
  @HttpCode(200)
  @ApiOperation({ operationId: 'readResourceForApp' })
  @ApiOkResponse({ type: AppReadResult })
  async read(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('service_id') serviceId: string,
    @Param('tool_name') tool: string,
    @Body() { uri }: AppRead,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AppReadResult> {
    return this.desk.read(await this.originOf(caller, id, response), { serviceId, tool }, uri);
  }

  /** @throws {AppError} `not_found` for a conversation that is not the caller's */
  private async originOf(principal: Principal, id: string, response: Response) {
    const signal = goneSignal(response);
    const conversation = await this.conversations.get(principal.userId, id);
    return { principal, chatId: conversation.id, signal };
  }
}
