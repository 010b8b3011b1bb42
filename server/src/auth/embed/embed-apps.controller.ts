import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, type Page } from '../../platform/index.js';
import { Caller, RequirePermission } from '../access/require-permission.js';
import type { Principal } from '../principal.js';
import { EmbedAppList, embedAppView } from './embed-app-list.js';
import { EmbedAppRegistrar } from './embed-app-registrar.js';
import { EmbedApp, EmbedAppChange, EmbedAppCreated, EmbedAppDraft, EmbedAppPage } from './embed.dto.js';

@ApiTags('embed')
@Controller('api/embed/apps')
@RequirePermission('embed:write')
export class EmbedAppsController {
  constructor(
    private readonly apps: EmbedAppList,
    private readonly registrar: EmbedAppRegistrar,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listEmbedApps', summary: 'Applications that may show the chat widget, by name' })
  @ApiOkResponse({ type: EmbedAppPage })
  list(@Query() query: PageQuery): Promise<Page<EmbedApp>> {
    return this.apps.list(query);
  }

  @Post()
  @ApiOperation({ operationId: 'createEmbedApp', summary: 'Registers an application; its secret is shown this once' })
  @ApiCreatedResponse({ type: EmbedAppCreated })
  async create(@Caller() caller: Principal, @Body() draft: EmbedAppDraft): Promise<EmbedAppCreated> {
    const { app, secret } = await this.registrar.create(caller, draft);
    return { ...embedAppView(app), secret };
  }

  @Put(':id')
  @ApiOperation({ operationId: 'changeEmbedApp', summary: 'Changes an application' })
  @ApiOkResponse({ type: EmbedApp })
  async change(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() change: EmbedAppChange,
  ): Promise<EmbedApp> {
    return embedAppView(await this.registrar.change(caller, id, change));
  }

  @Post(':id/secret')
  @ApiOperation({
    operationId: 'rotateEmbedSecret',
    summary: 'Gives a new secret; the old one and its sessions end at once',
  })
  @ApiCreatedResponse({ type: EmbedAppCreated })
  async rotate(@Caller() caller: Principal, @Param('id') id: string): Promise<EmbedAppCreated> {
    const { app, secret } = await this.registrar.rotate(caller, id);
    return { ...embedAppView(app), secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteEmbedApp', summary: 'Ends an application and all its sessions' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(caller, id);
  }
}
