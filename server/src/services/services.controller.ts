import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, SignedInOrEmbedded, type Principal } from '../auth/index.js';
import { cutPage, decodeCursor, type Page } from '../platform/index.js';
import { authorOf } from './author.js';
import { ServiceFilter } from './registry/service-filter.js';
import { ServicePresenter } from './registry/service-presenter.js';
import { ServiceRegistrar } from './registry/service-registrar.js';
import { ServiceVisibility } from './registry/service-visibility.js';
import { EnabledChange, Service, ServiceChange, ServiceDraft, ServicePage, ServiceQuery } from './service.dto.js';

/** `{id}` is an id or a slug everywhere. */
@ApiTags('services')
@Controller('api/mcp/services')
export class ServicesController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly filter: ServiceFilter,
    private readonly registrar: ServiceRegistrar,
    private readonly presenter: ServicePresenter,
  ) {}

  @Get()
  @SignedInOrEmbedded()
  @ApiOperation({
    operationId: 'listServices',
    summary: 'Services by slug: all with services:read, otherwise the granted ones',
  })
  @ApiOkResponse({ type: ServicePage })
  async list(@Caller() caller: Principal, @Query() query: ServiceQuery): Promise<Page<Service>> {
    const [after] = query.cursor === undefined ? [''] : decodeCursor(query.cursor, 1);
    const visible = this.visibility
      .list(caller)
      .filter(
        (service) =>
          service.slug > String(after) && (query.usable !== true || this.visibility.isUsable(caller, service)),
      );
    return cutPage(
      await this.filter.among(visible, query),
      query.limit ?? 50,
      ({ slug }) => [slug],
      (service) => this.presenter.present(service, caller),
    );
  }

  @Post()
  @RequirePermission('services:write')
  @ApiOperation({
    operationId: 'createService',
    summary: 'Register a service; type stdio takes services:stdio as well',
  })
  @ApiCreatedResponse({ type: Service })
  async create(@Caller() caller: Principal, @Body() draft: ServiceDraft): Promise<Service> {
    return this.presenter.present(await this.registrar.create(draft, authorOf(caller)), caller);
  }

  @Get(':id')
  @SignedInOrEmbedded()
  @ApiOperation({ operationId: 'getService', summary: 'One service' })
  @ApiOkResponse({ type: Service })
  find(@Caller() caller: Principal, @Param('id') id: string): Service {
    return this.presenter.present(this.visibility.demand(caller, id), caller);
  }

  @Put(':id')
  @RequirePermission('services:write')
  @ApiOperation({ operationId: 'changeService', summary: 'Change a service; absent fields stay as they are' })
  @ApiOkResponse({ type: Service })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() change: ServiceChange): Promise<Service> {
    return this.presenter.present(await this.registrar.change(this.own(caller, id), change, authorOf(caller)), caller);
  }

  @Put(':id/enabled')
  @RequirePermission('services:write')
  @ApiOperation({ operationId: 'switchService', summary: 'Switch a service on or off' })
  @ApiOkResponse({ type: Service })
  async switch(@Caller() caller: Principal, @Param('id') id: string, @Body() change: EnabledChange): Promise<Service> {
    const service = await this.registrar.setEnabled(this.own(caller, id), change.enabled, authorOf(caller));
    return this.presenter.present(service, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('services:write')
  @ApiOperation({ operationId: 'deleteService', summary: 'Delete a service and its grants; records of its use stay' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(this.own(caller, id), authorOf(caller));
  }

  /** The id of a service that the caller may see; what they may not see, they cannot change either. */
  private own(caller: Principal, idOrSlug: string): string {
    return this.visibility.demand(caller, idOrSlug).id;
  }
}
