import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, type Principal } from '../auth/index.js';
import { PageQuery, type Page } from '../platform/index.js';
import {
  LlmProvider,
  LlmProviderChange,
  LlmProviderDraft,
  LlmProviderPage,
  LlmTestResult,
} from './llm-provider.dto.js';
import type { LlmProviderRow } from './llm-provider.entity.js';
import { LlmProviderRegistrar } from './llm-provider-registrar.js';
import { LlmProviderStore } from './llm-provider.store.js';
import { ProviderProbe } from './provider-probe.js';

/** The endpoints that offer language models. */
@ApiTags('llm')
@Controller('api/llm/providers')
export class LlmProvidersController {
  constructor(
    private readonly store: LlmProviderStore,
    private readonly registrar: LlmProviderRegistrar,
    private readonly probe: ProviderProbe,
  ) {}

  @Get()
  @RequirePermission('settings:read')
  @ApiOperation({ operationId: 'listLlmProviders' })
  @ApiOkResponse({ type: LlmProviderPage })
  async list(@Query() query: PageQuery): Promise<Page<LlmProvider>> {
    const page = await this.store.page(query.limit ?? 50, query.cursor);
    return { ...page, items: page.items.map(view) };
  }

  @Post()
  @RequirePermission('settings:write')
  @ApiOperation({ operationId: 'createLlmProvider' })
  @ApiCreatedResponse({ type: LlmProvider })
  async create(@Caller() caller: Principal, @Body() draft: LlmProviderDraft): Promise<LlmProvider> {
    return view(await this.registrar.create(draft, caller));
  }

  @Put(':id')
  @RequirePermission('settings:write')
  @ApiOperation({ operationId: 'changeLlmProvider' })
  @ApiOkResponse({ type: LlmProvider })
  async change(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() change: LlmProviderChange,
  ): Promise<LlmProvider> {
    return view(await this.registrar.update(id, change, caller));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('settings:write')
  @ApiOperation({ operationId: 'deleteLlmProvider' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(id, caller);
  }

  @Post(':id/test')
  @HttpCode(200)
  @RequirePermission('settings:write')
  @ApiOperation({ operationId: 'testLlmProvider' })
  @ApiOkResponse({ type: LlmTestResult })
  test(@Param('id') id: string): Promise<LlmTestResult> {
    return this.probe.test(id);
  }
}

const view = (row: LlmProviderRow): LlmProvider => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  baseUrl: row.baseUrl,
  model: row.model,
  models: row.models,
  hasKey: row.sealedKey !== null,
  isDefault: row.isDefault,
  contextTokens: row.contextTokens,
  enabled: row.enabled,
  version: row.version,
});
