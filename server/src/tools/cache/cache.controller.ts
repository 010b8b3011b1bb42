import { Controller, Delete, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Caller, RequirePermission, type Principal } from '../../auth/index.js';
import { AdminTrail } from '../../platform/index.js';
import { ServiceVisibility, actorOf, authorOf } from '../../services/index.js';
import { ResultCache } from './result-cache.js';

/** What is kept of a service's answers. `id` is its id or slug. */
@ApiTags('services')
@Controller('api/mcp/services/:id/cache')
export class CacheController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly cache: ResultCache,
    private readonly database: DataSource,
    private readonly trail: AdminTrail,
  ) {}

  @Delete()
  @HttpCode(204)
  @RequirePermission('services:write')
  @ApiOperation({ operationId: 'clearServiceCache', summary: 'Forget all answers and contents that are kept' })
  @ApiNoContentResponse()
  async clear(@Caller() caller: Principal, @Param('id') idOrSlug: string): Promise<void> {
    const { id, name } = this.visibility.demand(caller, idOrSlug);
    await this.database.transaction((manager) =>
      this.trail.record(manager, {
        action: 'service.cache-clear',
        actor: actorOf(authorOf(caller)),
        target: { kind: 'service', id, name },
      }),
    );
    this.cache.forget(id);
  }
}
