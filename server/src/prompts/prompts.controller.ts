import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, SignedInOrEmbedded, holds, type Principal } from '../auth/index.js';
import type { Page } from '../platform/index.js';
import { ServiceVisibility } from '../services/index.js';
import { ContentAccess, FirstLook, ServiceListQuery, goneSignal, pageOfSorted, tellStanding } from '../tools/index.js';
import { PromptDirectory } from './prompt-directory.js';
import { PromptGetter } from './prompt-getter.js';
import { Prompt, PromptMessages, PromptPage, PromptRequest } from './prompt.dto.js';

/** The prompts of one service. `id` is its id or slug. */
@ApiTags('prompts')
@Controller('api/mcp/services/:id/prompts')
export class PromptsController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly content: ContentAccess,
    private readonly look: FirstLook,
    private readonly directory: PromptDirectory,
    private readonly getter: PromptGetter,
  ) {}

  @Get()
  @SignedInOrEmbedded()
  @ApiOkResponse({ type: PromptPage })
  async listPrompts(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: ServiceListQuery,
  ): Promise<Page<Prompt>> {
    const service = this.visibility.demand(caller, id);
    await this.look.demand(service);
    const seesContent = holds(caller, 'services:read') || this.content.isAllowed(caller, service);
    return pageOfSorted(
      seesContent ? this.directory.of(service.id) : [],
      query,
      ({ name }) => name,
      ({ name, title, description, arguments: args }) => ({ name, title, description, arguments: args ?? [] }),
    );
  }

  /** Takes the path of a call: decided, limited and on record. */
  @Post(':name')
  @HttpCode(200)
  @SignedInOrEmbedded()
  @ApiOkResponse({ type: PromptMessages })
  async getPrompt(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('name') name: string,
    @Body() body: PromptRequest,
    @Res({ passthrough: true }) response: Response,
  ): Promise<PromptMessages> {
    const service = this.visibility.demand(caller, id);
    const { answer } = await this.getter.get({
      principal: caller,
      door: 'rest',
      serviceId: service.id,
      name,
      arguments: body.arguments ?? {},
      signal: goneSignal(response),
      onStanding: tellStanding(response),
    });
    return { ...(answer.description !== undefined && { description: answer.description }), messages: answer.messages };
  }
}
