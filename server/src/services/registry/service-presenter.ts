import { Injectable } from '@nestjs/common';
import { holds, type Principal } from '../../auth/index.js';
import { AccessPolicy } from '../access/access-policy.js';
import { GrantPresenter } from '../access/grant-presenter.js';
import { People } from '../access/people.js';
import type { Capabilities } from '../capabilities/capabilities.js';
import { CapabilityStore } from '../capabilities/capability-store.js';
import type { ServiceDefinition } from '../definition.js';
import { expiryOf } from '../draft/check-tls.js';
import { masked } from '../draft/credentials.js';
import { HealthBoard } from '../health/health-board.js';
import { StatusKeeper } from '../health/status-keeper.js';
import { isPerUser, namesOf } from '../own-credentials/own-account.js';
import { UserCredentialBook } from '../own-credentials/user-credential-book.js';
import type { Service, ServiceCapabilities, ServiceHealth } from '../service.dto.js';
import { ServiceVisibility } from './service-visibility.js';

/** Shows a service as its reader may see it: never a secret, and settings only to those with `services:read`. */
@Injectable()
export class ServicePresenter {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly capabilities: CapabilityStore,
    private readonly health: HealthBoard,
    private readonly status: StatusKeeper,
    private readonly policy: AccessPolicy,
    private readonly grants: GrantPresenter,
    private readonly people: People,
    private readonly own: UserCredentialBook,
  ) {}

  present(service: ServiceDefinition, reader: Principal): Service {
    return {
      id: service.id,
      slug: service.slug,
      name: service.name,
      displayName: service.displayName,
      description: service.description,
      category: service.category,
      tags: [...service.tags],
      type: service.type,
      url: null,
      enabled: service.enabled,
      status: this.status.of(service),
      health: this.healthOf(service.id),
      capabilities: summaryOf(this.capabilities.load(service.id)),
      createdBy: this.people.emailOf(service.createdBy),
      createdAt: service.createdAt,
      updatedAt: service.updatedAt,
      version: service.version,
      can: {
        edit: holds(reader, 'services:write'),
        delete: holds(reader, 'services:write'),
        test: holds(reader, 'services:test'),
        call: service.enabled && this.visibility.isUsable(reader, service),
      },
      ...this.ownOf(service, reader),
      ...(holds(reader, 'services:read') && this.settingsOf(service)),
      ...(holds(reader, 'grants:read') && {
        accessControl: { grants: this.policy.grantsOf(service.id).map(this.grants.present) },
      }),
    };
  }

  private ownOf(service: ServiceDefinition, reader: Principal): Pick<Service, 'myCredentials'> {
    if (!isPerUser(service) || !this.visibility.isUsable(reader, service)) return {};
    const storedAt = this.own.storedAt(service, reader.userId)?.toISOString() ?? null;
    return { myCredentials: { names: [...namesOf(service)], storedAt } };
  }

  private settingsOf({
    url,
    config,
    credentials,
  }: ServiceDefinition): Pick<Service, 'url' | 'config' | 'auth' | 'tlsExpiry'> {
    const { args, userCredentials, allowedCallers, allowedAddresses, tls, ...rest } = config;
    const tlsExpiry = expiryOf(tls);
    return {
      url,
      config: {
        ...rest,
        ...(args && { args: [...args] }),
        ...(allowedCallers && { allowedCallers: [...allowedCallers] }),
        ...(allowedAddresses && { allowedAddresses: [...allowedAddresses] }),
        ...(tls && { tls: { ...tls } }),
        ...(userCredentials && { userCredentials: [...userCredentials] }),
      },
      auth: { credentials: masked(credentials) },
      ...(tlsExpiry && { tlsExpiry }),
    };
  }

  private healthOf(serviceId: string): ServiceHealth {
    const { serviceId: _, ...health } = this.health.of(serviceId);
    const numbers = this.health.connectionsOf(serviceId);
    return { ...health, ...(numbers && { pool: numbers }) };
  }
}

function summaryOf(capabilities: Capabilities | undefined): ServiceCapabilities {
  return {
    era: capabilities?.era ?? null,
    protocolVersion: capabilities?.protocolVersion ?? null,
    transport: capabilities?.transport ?? null,
    serverInfo: capabilities?.serverInfo ?? null,
    instructions: capabilities?.instructions ?? null,
    tools: capabilities?.tools.length ?? 0,
    resources: capabilities?.resources.length ?? 0,
    resourceTemplates: capabilities?.resourceTemplates.length ?? 0,
    prompts: capabilities?.prompts.length ?? 0,
    fetchedAt: capabilities?.fetchedAt ?? null,
  };
}
