import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Caller, SignedInOrEmbedded, holds, type Principal } from '../auth/index.js';
import type { Page } from '../platform/index.js';
import { ServiceVisibility, type ServiceDefinition } from '../services/index.js';
import { ContentAccess, FirstLook, ServiceListQuery, goneSignal, pageOfSorted, tellStanding } from '../tools/index.js';
import { ResourceDirectory } from './resource-directory.js';
import { ResourceReader } from './resource-reader.js';
import { Resource, ResourceContents, ResourcePage, ResourceTemplate, ResourceTemplatePage } from './resource.dto.js';

/** The resources of one service. `id` is its id or slug. */
@ApiTags('resources')
@Controller('api/mcp/services/:id')
export class ResourcesController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly content: ContentAccess,
    private readonly look: FirstLook,
    private readonly directory: ResourceDirectory,
    private readonly reader: ResourceReader,
  ) {}

  @Get('resources')
  @SignedInOrEmbedded()
  @ApiOkResponse({ type: ResourcePage })
  async listResources(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: ServiceListQuery,
  ): Promise<Page<Resource>> {
    const service = this.visibility.demand(caller, id);
    await this.look.demand(service);
    const resources = this.seesContent(caller, service) ? this.directory.of(service.id) : [];
    return pageOfSorted(
      resources,
      query,
      ({ uri }) => uri,
      ({ uri, name, title, description, mimeType, size }) => ({ uri, name, title, description, mimeType, size }),
    );
  }

  @Get('resource-templates')
  @SignedInOrEmbedded()
  @ApiOkResponse({ type: ResourceTemplatePage })
  async listResourceTemplates(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Query() query: ServiceListQuery,
  ): Promise<Page<ResourceTemplate>> {
    const service = this.visibility.demand(caller, id);
    await this.look.demand(service);
    const templates = this.seesContent(caller, service) ? this.directory.templatesOf(service.id) : [];
    return pageOfSorted(
      templates,
      query,
      ({ uriTemplate }) => uriTemplate,
      ({ uriTemplate, name, title, description, mimeType }) => ({ uriTemplate, name, title, description, mimeType }),
    );
  }

  /** Takes the path of a call: decided, limited and on record. */
  @Get('resources/:uri')
  @SignedInOrEmbedded()
  @ApiParam({ name: 'uri', description: 'Percent-encoded once.' })
  @ApiOkResponse({ type: ResourceContents })
  async readResource(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Param('uri') uri: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ResourceContents> {
    const service = this.visibility.demand(caller, id);
    const { answer } = await this.reader.read({
      principal: caller,
      door: 'rest',
      serviceId: service.id,
      uri,
      signal: goneSignal(response),
      onStanding: tellStanding(response),
    });
    return { contents: answer.contents };
  }

  private seesContent(caller: Principal, service: ServiceDefinition): boolean {
    return holds(caller, 'services:read') || this.content.isAllowed(caller, service);
  }
}
