import { Injectable } from '@nestjs/common';
import { Authenticator, type Principal } from '../auth/index.js';
import { ClientManager } from '../clients/index.js';
import { AppError } from '../platform/index.js';
import { ServiceDirectory, type ServiceDefinition } from '../services/index.js';
import { ContentAccess } from '../tools/index.js';
import type { McpCaller } from './caller.js';
import type { ServiceUri } from './catalogue/addresses.js';

/** @param publicUri as the endpoint writes it; may be a part of the resource that was subscribed to */
export type ResourceUpdateListener = (publicUri: string) => void;

/**
 * Tells open streams of changes of resources, under the endpoint's own addresses.
 *
 * Whether the caller may read the resource is decided when the stream begins and again at each change, with what the
 * credential is good for at that moment: who lost the right hears nothing more.
 */
@Injectable()
export class ResourceFeed {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly content: ContentAccess,
    private readonly clients: ClientManager,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * @returns how to stop; calling it twice does nothing
   * @throws {AppError} `not_found` for what is not the caller's or does not exist · `watch_unsupported` · `watch_limit`
   */
  subscribe(caller: McpCaller, publicUri: string, onUpdated: ResourceUpdateListener): () => void {
    const { addresses } = caller.catalogue;
    const address = addresses.fromPublic(publicUri);
    const service = address && this.readable(address, caller.principal);
    if (!service) throw new AppError('not_found');
    const { slug } = address;
    return this.clients.watchResource(service.id, address.uri, (uri) => {
      void this.mayStillHear(caller, address).then((may) => may && onUpdated(addresses.toPublic({ slug, uri })));
    });
  }

  private async mayStillHear({ carried }: McpCaller, address: ServiceUri): Promise<boolean> {
    const principal = await this.authenticator.authenticate(carried).catch(() => undefined);
    return principal !== undefined && this.readable(address, principal) !== undefined;
  }

  private readable({ slug }: ServiceUri, principal: Principal): ServiceDefinition | undefined {
    const service = this.services.find(slug);
    return service && this.content.isAllowed(principal, service) ? service : undefined;
  }
}
