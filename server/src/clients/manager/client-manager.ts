import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { CallToolResult, CompleteResult, GetPromptResult, ReadResourceResult } from '@modelcontextprotocol/client';
import { AppError, Clock, EventBus, type Unsubscribe } from '../../platform/index.js';
import { isPerUser, type Capabilities, type ServiceDefinition, type ToolDefinition } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import { headeredParams, paramHeaders } from '../connection/param-headers.js';
import { TransportFactory } from '../connection/transport-factory.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import type { Health } from '../health/health-state.js';
import { LIMITS } from '../limits.js';
import { Inventory, ServiceDefinitions, UserDefinitions } from '../ports.js';
import type { ResourceListener } from '../watch/watcher-registry.js';
import { exchange, type UpstreamOptions, type UpstreamRequest } from './exchange.js';
import type { ClientWorld } from './managed-client.js';
import type { BreakerState } from './breaker.js';
import { ServiceClient, type PoolNumbers } from './service-client.js';
import { DEFAULT_SETTINGS, type ClientSettings } from './settings.js';
import { UserClients } from './user-clients.js';
import { within } from './within.js';

export interface CallOptions extends UpstreamOptions {
  /** Whose call it is; where everybody has an account of their own, it goes over this person's connection. */
  userId?: string;
}

/** What identifies something to complete, as MCP writes it. */
export type CompletionRef = { type: 'ref/prompt'; name: string } | { type: 'ref/resource'; uri: string };

/**
 * Owns every connection to a service: connects, disconnects, calls tools, reads resources.
 *
 * Answers come back as the service sent them. A tool's own failure is an answer (`isError`); what is thrown is an
 * `AppError` of our catalogue. Nothing is ever sent twice, save when the service has verifiably not taken it.
 */
export class ClientManager implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly clients = new Map<string, ServiceClient>();
  private readonly world: ClientWorld;
  private readonly users: UserClients;
  private subscriptions: Unsubscribe[] = [];
  private ended = false;

  constructor(
    private readonly definitions: ServiceDefinitions,
    inventory: Inventory,
    factory: TransportFactory,
    users: UserDefinitions,
    private readonly bus: EventBus,
    clock: Clock,
    settings: ClientSettings = DEFAULT_SETTINGS,
  ) {
    this.world = { factory, inventory, bus, clock, settings };
    this.users = new UserClients(this.world, users);
    factory.room.others = this.users;
  }

  onApplicationBootstrap(): void {
    this.subscriptions = [
      this.bus.subscribe('service.changed', ({ serviceId }) => this.hear(serviceId)),
      this.bus.subscribe('user-credentials.changed', ({ serviceId, userId }) => this.users.drop(serviceId, userId)),
      this.bus.subscribe('user.changed', ({ userId }) => this.users.dropUser(userId)),
    ];
    void this.connectEarly(this.definitions.list().filter((service) => service.enabled && this.isWantedEarly(service)));
  }

  async onApplicationShutdown(): Promise<void> {
    this.ended = true;
    for (const unsubscribe of this.subscriptions) unsubscribe();
    const clients = [...this.clients.values()];
    this.clients.clear();
    await Promise.all([...clients.map((client) => client.end()), this.users.end()]);
  }

  /**
   * Resolves when the service is connected and its lists are known.
   *
   * @throws {AppError} the service is unknown, off, or cannot be reached in `timeoutMs`
   */
  async connect(serviceId: string, timeoutMs: number = LIMITS.callMs): Promise<void> {
    const client = this.client(serviceId);
    try {
      await within(client.connected(), timeoutMs);
    } catch (error) {
      throw mapUpstreamError(error, { service: client.service.name, phase: 'connect', timeoutMs });
    }
  }

  /** Gives the connection up until the next use. Calls that run may finish. */
  disconnect(serviceId: string): void {
    this.clients.get(serviceId)?.disconnect();
    this.users.dropService(serviceId);
  }

  /** A fresh connection, at once, whatever was tried before. @throws {AppError} */
  async reconnect(serviceId: string): Promise<void> {
    const client = this.client(serviceId);
    this.disconnect(serviceId);
    await client.connected();
  }

  isConnected(serviceId: string): boolean {
    return this.clients.get(serviceId)?.isConnected ?? false;
  }

  health(serviceId: string): Health {
    return this.client(serviceId).health;
  }

  /** How the connections of a service are used; undefined while none was ever needed. */
  numbers(serviceId: string): (PoolNumbers & { breaker: BreakerState }) | undefined {
    const client = this.clients.get(serviceId);
    if (!client) return undefined;
    const { connections, busy, waiting } = client.pool;
    const people = this.users.sizeOf(serviceId);
    return {
      connections: connections + people.connections,
      busy: busy + people.busy,
      waiting,
      breaker: client.breaker.state,
    };
  }

  /** The last known lists; undefined until the service was reached once. */
  capabilities(serviceId: string): Capabilities | undefined {
    return this.world.inventory.load(serviceId);
  }

  callTool(
    serviceId: string,
    tool: Pick<ToolDefinition, 'name' | 'inputSchema' | 'execution'>,
    args: Readonly<Record<string, unknown>>,
    options: CallOptions = {},
  ): Promise<CallToolResult> {
    const headers = (connection: Connection): Record<string, string> | undefined =>
      mirroredHeaders(connection, tool, args);
    return this.exchange(
      serviceId,
      { method: 'tools/call', params: { name: tool.name, arguments: args }, headers, tool },
      options,
    );
  }

  readResource(serviceId: string, uri: string, options: CallOptions = {}): Promise<ReadResourceResult> {
    return this.exchange(serviceId, { method: 'resources/read', params: { uri } }, options);
  }

  getPrompt(
    serviceId: string,
    name: string,
    args: Readonly<Record<string, string>>,
    options: CallOptions = {},
  ): Promise<GetPromptResult> {
    return this.exchange(serviceId, { method: 'prompts/get', params: { name, arguments: args } }, options);
  }

  /**
   * Hears of changes of a resource until the returned function is called: asked of the service once however many watch,
   * and again after every loss of the connection, after which each watcher hears once, because it may have missed some.
   *
   * @param onUpdated gets the URI that the service names, which may be a part of the one that is watched
   * @throws {AppError} `watch_unsupported` · `watch_limit` · `not_found` · `shutting_down`
   */
  watchResource(serviceId: string, uri: string, onUpdated: ResourceListener): () => void {
    const client = this.client(serviceId);
    // There is one watch for all, and nobody's account to keep it with.
    if (isPerUser(client.service))
      throw new AppError('watch_unsupported', { details: { service: client.service.name } });
    return client.watchResource(uri, onUpdated);
  }

  complete(
    serviceId: string,
    ref: CompletionRef,
    argument: { name: string; value: string },
    options: CallOptions = {},
  ): Promise<CompleteResult> {
    return this.exchange(serviceId, { method: 'completion/complete', params: { ref, argument } }, options);
  }

  /** The shape is what `checkShape` promises; the rest is the service's word, passed on. */
  private async exchange<T>(serviceId: string, request: UpstreamRequest, options: CallOptions): Promise<T> {
    const client = this.client(serviceId);
    if (isPerUser(client.service)) {
      const own = this.users.of(client.service, options.userId);
      return (await own.during(() => exchange(own, request, options))) as T;
    }
    const usualMs = client.service.config.timeoutMs ?? LIMITS.callMs;
    const mayJudge = (options.timeoutMs ?? usualMs) >= usualMs;
    const run = (): Promise<unknown> => client.breaker.run(() => exchange(client, request, options), mayJudge);
    return (await (client.service.type === 'stdio' ? this.world.factory.room.during(client, run) : run())) as T;
  }

  /** @throws {AppError} `not_found`, `shutting_down` */
  private client(serviceId: string): ServiceClient {
    if (this.ended) throw new AppError('shutting_down');
    const definition = this.definitions.find(serviceId);
    if (!definition) throw new AppError('not_found');
    const known = this.clients.get(definition.id);
    if (known) return known;
    const client = new ServiceClient(definition, this.world);
    this.clients.set(definition.id, client);
    this.world.factory.room.add(client);
    return client;
  }

  private hear(serviceId: string): void {
    const definition = this.definitions.find(serviceId);
    const known = this.clients.get(serviceId);
    this.users.dropService(serviceId);
    if (!definition) {
      this.clients.delete(serviceId);
      if (known) this.world.factory.room.remove(known);
      void known?.end();
    } else if (known) {
      known.redefine(definition);
    } else if (definition.enabled) {
      this.client(serviceId).connectSoon();
    }
  }

  /** A local command is only started early when somebody says so, or when it is not known yet what it offers. */
  private isWantedEarly({ id, type, config }: ServiceDefinition): boolean {
    return type !== 'stdio' || config.connect === 'at-start' || this.world.inventory.load(id) === undefined;
  }

  private async connectEarly(services: readonly ServiceDefinition[]): Promise<void> {
    const queue = [...services];
    const connectNext = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) await this.connect(next.id).catch(() => undefined);
    };
    await Promise.all(Array.from({ length: this.world.settings.startsAtOnce }, connectNext));
  }
}

const paramsOfSchema = new WeakMap<object, ReturnType<typeof headeredParams>>();

/** Only modern HTTP has such headers; schemas are looked through once. */
function mirroredHeaders(
  connection: Connection,
  { inputSchema }: Pick<ToolDefinition, 'inputSchema'>,
  args: Readonly<Record<string, unknown>>,
): Record<string, string> | undefined {
  if (connection.era !== 'modern' || connection.kind !== 'streamable-http') return undefined;
  if (!paramsOfSchema.has(inputSchema)) paramsOfSchema.set(inputSchema, headeredParams(inputSchema));
  const params = paramsOfSchema.get(inputSchema);
  return params && params.length > 0 ? paramHeaders(params, args) : undefined;
}
