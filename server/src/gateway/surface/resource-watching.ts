import { Injectable } from '@nestjs/common';
import { Authenticator } from '../../auth/index.js';
import { ClientManager } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import { ServiceDirectory, mayCallFromHere } from '../../services/index.js';
import { ContentAccess } from '../../tools/index.js';
import type { McpCaller } from '../caller.js';

/** Lets a client hear of changes of resources, under the addresses of its endpoint. */
@Injectable()
export class ResourceWatching {
  constructor(
    private readonly services: ServiceDirectory,
    private readonly content: ContentAccess,
    private readonly clients: ClientManager,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * Whether the caller may hear of it is decided now, and again at each change: until then a credential may be revoked and a
   * grant be gone.
   *
   * @param address as the endpoint writes it
   * @param onUpdated gets the address of what changed, which may be a part of what is watched
   * @returns how to stop
   * @throws {AppError} `not_found` also for what is not the caller's · `watch_unsupported` · `watch_limit`
   */
  watch(caller: McpCaller, address: string, onUpdated: (address: string) => void): () => void {
    const { principal, catalogue } = caller;
    const resource = catalogue.addresses.fromPublic(address);
    const service = resource && this.services.find(resource.slug);
    if (!service || !this.content.isAllowed(principal, service, catalogue.via)) throw new AppError('not_found');
    if (!mayCallFromHere(service)) throw new AppError('not_found');
    return this.clients.watchResource(service.id, resource.uri, (uri) => {
      void this.mayHear(caller, service.id).then((slug) => {
        if (slug !== undefined) onUpdated(catalogue.addresses.toPublic({ slug, uri }));
      });
    });
  }

  /** @returns the service's slug as it is now, if the caller may still hear of its resources */
  private async mayHear({ carried, catalogue }: McpCaller, serviceId: string): Promise<string | undefined> {
    const principal = await this.authenticator.authenticate(carried).catch(() => undefined);
    const service = this.services.find(serviceId);
    const isAllowed = principal && service && this.content.isAllowed(principal, service, catalogue.via);
    return isAllowed ? service.slug : undefined;
  }
}
