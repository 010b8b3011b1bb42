import { Injectable } from '@nestjs/common';
import type { ReadResourceResult } from '@modelcontextprotocol/server';
import { ClientManager } from '../clients/index.js';
import { AppError } from '../platform/index.js';
import { ServiceDirectory } from '../services/index.js';
import { CallPath, MAX_LABEL_LENGTH, type Answered, type CallOrigin } from '../tools/index.js';
import { KeptResources } from './kept-resources.js';
import { keepingOf } from './resource-keeping.js';

export interface ReadRequest extends CallOrigin {
  /** Id or slug. */
  readonly serviceId: string;
  /** As the service wrote it; the reader decodes nothing. */
  readonly uri: string;
  /** What is read belongs to this tool, as its app does: whoever may call the tool may read it. */
  readonly partOfTool?: string;
}

/** Reads resources. A read takes the same path as a tool call, and is on record like one. */
@Injectable()
export class ResourceReader {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly path: CallPath,
    private readonly clients: ClientManager,
    private readonly kept: KeptResources,
  ) {}

  /** @throws {AppError} `not_found` for services that are not the caller's · what `CallPath.run` throws */
  async read(request: ReadRequest): Promise<Answered<ReadResourceResult>> {
    const service = this.services.find(request.serviceId);
    if (!service) throw new AppError('not_found');
    const { uri, partOfTool } = request;
    const want = partOfTool === undefined ? 'content' : { tool: partOfTool };
    return this.path.run({
      origin: request,
      service,
      label: labelOfResource(uri),
      arguments: { uri },
      action: 'use',
      object: { serviceId: service.id, want },
      // A template, or the service itself, may know more URIs than it lists.
      exists: true,
      hidden: () => new AppError('not_found'),
      keeping: keepingOf(service, uri, request, (ttlMs) => this.kept.watch(service.id, uri, ttlMs)),
      send: (dispatch) => this.clients.readResource(service.id, uri, dispatch),
    });
  }
}

/** How the record names the reading of a resource. */
export const labelOfResource = (uri: string): string => `resource:${uri}`.slice(0, MAX_LABEL_LENGTH);
