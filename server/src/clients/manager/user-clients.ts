import { AppError } from '../../platform/index.js';
import type { ServiceDefinition, ServiceType } from '../../services/index.js';
import type { UserDefinitions } from '../ports.js';
import type { ClientWorld } from './managed-client.js';
import { UserClient } from './user-client.js';

export interface UserSettings {
  /** How many people's connections a service may have at once. */
  readonly most: Readonly<Record<ServiceType, number>>;
  /** After how long without use one is given up, ms. */
  readonly idleMs: number;
}

const RETRY_S = 5;

/** The connections of people to services that everybody uses with an account of their own: bounded, the longest unused goes first. */
export class UserClients {
  /** By service, then by person; whoever was here last stands last. */
  private readonly byService = new Map<string, Map<string, UserClient>>();
  private readonly ending = new Set<Promise<void>>();

  constructor(
    private readonly world: ClientWorld,
    private readonly definitions: UserDefinitions,
  ) {}

  /**
   * @param userId undefined for a call that is nobody's own
   * @throws {AppError} `upstream_credentials_missing` · `too_many_calls` when every connection is in use
   */
  of(service: ServiceDefinition, userId: string | undefined): UserClient {
    const clients = this.byService.get(service.id) ?? new Map<string, UserClient>();
    const known = userId === undefined ? undefined : clients.get(userId);
    if (known && userId !== undefined) {
      clients.delete(userId);
      clients.set(userId, known);
      return known;
    }
    const definition = userId === undefined ? undefined : this.definitions.asUsedBy(service.id, userId);
    if (!definition || userId === undefined)
      throw new AppError('upstream_credentials_missing', { details: { service: service.name } });
    this.makeRoom(service, clients);
    const client = new UserClient(definition, this.world);
    this.byService.set(service.id, clients.set(userId, client));
    return client;
  }

  /** How many connections people have to a service. */
  sizeOf(serviceId: string): { connections: number; busy: number } {
    const clients = [...(this.byService.get(serviceId)?.values() ?? [])];
    return {
      connections: clients.reduce((sum, { size }) => sum + size, 0),
      busy: clients.filter(({ isBusy }) => isBusy).length,
    };
  }

  /** The service changed, or is gone: nobody's connection is used any more. */
  dropService(serviceId: string): void {
    for (const client of this.byService.get(serviceId)?.values() ?? []) client.retire();
    this.byService.delete(serviceId);
  }

  /** What somebody entered for a service changed: the next call of theirs has it. */
  drop(serviceId: string, userId: string): void {
    const clients = this.byService.get(serviceId);
    clients?.get(userId)?.retire();
    clients?.delete(userId);
  }

  /** Somebody changed, or is gone. */
  dropUser(userId: string): void {
    for (const serviceId of this.byService.keys()) this.drop(serviceId, userId);
  }

  /** Ends the local command of somebody who does not use it. @returns whether there was one */
  rest(): boolean {
    for (const clients of this.byService.values())
      for (const client of clients.values()) if (client.rest()) return true;
    return false;
  }

  async end(): Promise<void> {
    const clients = [...this.byService.values()].flatMap((each) => [...each.values()]);
    this.byService.clear();
    await Promise.all([...clients.map((client) => client.end()), ...this.ending]);
  }

  private makeRoom({ type }: ServiceDefinition, clients: Map<string, UserClient>): void {
    if (clients.size < this.world.settings.users.most[type]) return;
    const oldest = [...clients].find(([, client]) => !client.isBusy);
    if (!oldest) throw new AppError('too_many_calls', { details: { seconds: RETRY_S } });
    const [userId, client] = oldest;
    clients.delete(userId);
    const ending = client.end().finally(() => this.ending.delete(ending));
    this.ending.add(ending);
  }
}
