import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../platform/index.js';
import { Caller, RequirePermission } from '../access/require-permission.js';
import type { Principal } from '../principal.js';
import { ApiKeyCreated, ApiKeyDraft, ApiKeyPage, ApiKeyQuery, type ApiKey } from './api-key.dto.js';
import { ApiKeyIssuer } from './api-key-issuer.js';
import { ApiKeyList } from './api-key-list.js';

@ApiTags('auth')
@Controller('api/auth/api-keys')
@RequirePermission('api-keys:own')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeyList,
    private readonly issuer: ApiKeyIssuer,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'listApiKeys', summary: 'Own API keys, or with `api-keys:manage` those of a user' })
  @ApiOkResponse({ type: ApiKeyPage })
  list(@Caller() caller: Principal, @Query() query: ApiKeyQuery): Promise<Page<ApiKey>> {
    return this.keys.list(caller, query);
  }

  @Post()
  @ApiOperation({ operationId: 'createApiKey', summary: 'Makes a key for yourself; its secret is shown this once' })
  @ApiCreatedResponse({ type: ApiKeyCreated })
  async create(@Caller() caller: Principal, @Body() draft: ApiKeyDraft): Promise<ApiKeyCreated> {
    const { key, secret } = await this.issuer.issue(caller, draft);
    return { ...this.keys.view(key), secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeApiKey', summary: 'Ends a key at once' })
  @ApiNoContentResponse()
  revoke(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.issuer.revoke(caller, id);
  }
}
