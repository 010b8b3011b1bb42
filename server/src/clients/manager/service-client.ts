import { Logger } from '@nestjs/common';
import { AppError } from '../../platform/index.js';
import type { Capabilities, ServiceDefinition } from '../../services/index.js';
import { readCapabilities } from '../capabilities/list-reader.js';
import type { Connection } from '../connection/connection.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { AnswerLost } from '../errors/upstream-failures.js';
import { backoffMs } from '../health/backoff.js';
import type { Health } from '../health/health-state.js';
import { ResourceWatches } from '../watch/resource-watches.js';
import type { ResourceListener } from '../watch/watcher-registry.js';
import { Breaker } from './breaker.js';
import { ExtraConnections } from './extra-connections.js';
import { HealthKeeper } from './health-keeper.js';
import { Liveness } from './liveness.js';
import type { ClientWorld, ManagedClient } from './managed-client.js';
import { Opener } from './opener.js';
import { OwnConnections } from './own-connections.js';
import { extraSettings } from './settings.js';
import { SharedConnection } from './shared-connection.js';
import { Timer } from './timer.js';

/** How many connections a service has, how many of them are in use, and how many calls wait for one. */
export interface PoolNumbers {
  readonly connections: number;
  readonly busy: number;
  readonly waiting: number;
}

/** The connections to one service that all share, made when needed and made again when lost, and how well it is. */
export class ServiceClient implements ManagedClient {
  readonly breaker: Breaker;
  private readonly logger = new Logger('Clients');
  private readonly keeper: HealthKeeper;
  private readonly opener: Opener;
  private readonly liveness: Liveness;
  private readonly watches: ResourceWatches;
  private readonly timers = { reconnect: new Timer(), idle: new Timer(), refresh: new Timer(), expire: new Timer() };
  private current: SharedConnection | undefined;
  private extra: ExtraConnections | undefined;
  private own: OwnConnections;
  private opening: Promise<SharedConnection> | undefined;
  private lifetime = new AbortController();
  private failures = 0;
  private refreshedAtMs = Number.NEGATIVE_INFINITY;
  private refusal: { until: number; error: AppError } | undefined;
  /** It asked something, and it could not be said of whom. */
  private unclear = false;

  constructor(
    private definition: ServiceDefinition,
    private readonly world: ClientWorld,
  ) {
    const latest = (): ServiceDefinition => this.definition;
    this.keeper = new HealthKeeper(world, latest);
    this.opener = new Opener(world, latest);
    this.breaker = new Breaker(
      () => this.definition.name,
      world.settings.breaker,
      () => this.reportBreaker(),
    );
    this.liveness = new Liveness(world.settings, world.clock, latest, {
      onAnswered: (shared, latencyMs) => this.hearAnswer(shared, latencyMs),
      onLate: ({ code }, timeoutMs) => this.keeper.report({ kind: 'late', code, timeoutMs }),
      onSessionLost: ({ connection }) => {
        this.dropSession(connection);
        this.connectSoon();
      },
      onLost: ({ connection }, error) => this.lose(connection, error),
    });
    this.watches = new ResourceWatches(
      () => ({ name: this.definition.name, reports: this.capabilities?.supports?.resourceSubscriptions }),
      world.settings.watch,
    );
    this.own = this.ownConnections();
    if (!definition.enabled) this.keeper.report({ kind: 'disabled' });
  }

  get asksUnclearly(): boolean {
    return this.unclear;
  }

  useOwn<T>(work: (connection: Connection) => Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    return this.own.use(work, ms, signal);
  }

  get health(): Health {
    return this.keeper.current;
  }

  get isConnected(): boolean {
    return this.current !== undefined;
  }

  get pool(): PoolNumbers {
    const { current, extra, own } = this;
    return {
      connections: (current ? 1 : 0) + (extra?.size ?? 0) + own.size,
      busy: (current?.isInUse ? 1 : 0) + (extra?.busy ?? 0) + own.busy,
      waiting: (extra?.waiting ?? 0) + own.waiting,
    };
  }

  get capabilities(): Capabilities | undefined {
    return this.world.inventory.load(this.definition.id);
  }

  get service(): ServiceDefinition {
    return this.definition;
  }

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return (await this.connected()).use(work);
  }

  /** Keeps the connection and hears of changes until the returned function is called. @throws {AppError} */
  watchResource(uri: string, listener: ResourceListener): () => void {
    const stop = this.watches.add(uri, listener);
    this.connected().catch(() => undefined);
    return () => {
      stop();
      if (this.current && !this.watches.isNeeded) this.watchIdleness();
    };
  }

  get ready(): SharedConnection | undefined {
    return this.opening ? undefined : this.current;
  }

  /** Connects, or waits for whoever is connecting already. @throws {AppError} */
  connected(): Promise<SharedConnection> {
    // Somebody who connects is not done before the lists are stored: who waits for the connection may rely on both.
    if (this.opening) return this.opening;
    if (this.current) return Promise.resolve(this.current);
    if (!this.definition.enabled)
      return Promise.reject(new AppError('service_disabled', { details: { service: this.definition.name } }));
    if (this.refusal && this.world.clock.monotonicMs() < this.refusal.until) return Promise.reject(this.refusal.error);
    this.opening = this.openOnce();
    return this.opening;
  }

  /** Connects in the background, whatever comes of it, and whatever callers are told meanwhile. */
  connectSoon(): void {
    this.timers.reconnect.clear();
    this.refusal = undefined;
    this.connected().catch(() => undefined);
  }

  /** Gives the connection up; the next use makes a new one. Calls on it may finish. */
  disconnect(): void {
    for (const timer of Object.values(this.timers)) timer.clear();
    this.lifetime.abort(new Error('disconnected'));
    this.lifetime = new AbortController();
    this.refusal = undefined;
    this.failures = 0;
    this.breaker.reset();
    this.letGo()?.retire();
    this.opening = undefined;
    this.own.retire();
    this.own = this.ownConnections();
  }

  /** Ends local commands that nobody uses. @returns whether there were any */
  rest(): boolean {
    if (this.definition.type !== 'stdio' || this.opening) return false;
    const before = this.pool.connections;
    this.own.dropIdle();
    this.giveUpIdle();
    return this.pool.connections < before;
  }

  /** Ends the connection and every process of it now. */
  async end(): Promise<void> {
    const connection = this.current?.connection;
    const { opening, own, extra } = this;
    this.disconnect();
    await Promise.all([connection?.close(), own.end(), extra?.end()]);
    await opening?.catch(() => undefined);
  }

  /** Takes over a changed definition; reconnects when the change concerns the connection. */
  redefine(definition: ServiceDefinition): void {
    const before = this.definition;
    this.definition = definition;
    if (!definition.enabled) {
      this.disconnect();
      this.keeper.report({ kind: 'disabled' });
    } else if (!before.enabled || targetOf(before) !== targetOf(definition)) {
      this.opener.moved ||= targetOf(before) !== targetOf(definition);
      this.unclear = false;
      this.disconnect();
      this.keeper.report({ kind: 'enabled' });
      this.connectSoon();
    }
  }

  dropSession(connection: Connection): void {
    this.own.dropIdle();
    if (this.extra?.drop(connection) || this.current?.connection !== connection) return;
    this.letGo()?.retire();
  }

  private openOnce(): Promise<SharedConnection> {
    const opening = this.open().finally(() => {
      // A change of the definition may have put another attempt in its place.
      if (this.opening === opening) this.opening = undefined;
    });
    return opening;
  }

  private async open(): Promise<SharedConnection> {
    const { signal } = this.lifetime;
    this.keeper.report({ kind: 'connecting' });
    const started = this.world.clock.monotonicMs();
    try {
      const { connection, capabilities } = await this.opener.openAndRead(signal);
      if (signal.aborted) {
        await connection.close();
        signal.throwIfAborted();
      }
      const shared = this.adopt(connection);
      await this.remember(capabilities);
      // It may have died while its lists were being stored.
      if (this.current !== shared) throw new AnswerLost('connection closed');
      this.breaker.reset();
      const latencyMs = this.world.clock.monotonicMs() - started;
      this.keeper.report({ kind: 'connected', offers: offersOf(capabilities), latencyMs });
      return shared;
    } catch (error) {
      const mapped = this.opener.errorOf(error);
      if (!signal.aborted) this.fail(mapped);
      throw mapped;
    }
  }

  /** Connections of one life of this client: they are not made any more when it is over. */
  private ownConnections(): OwnConnections {
    const { signal } = this.lifetime;
    return new OwnConnections(() => this.opener.open(signal), this.world.settings.own);
  }

  private adopt(connection: Connection): SharedConnection {
    const shared: SharedConnection = new SharedConnection(
      connection,
      () => this.watchIdleness(),
      () => shared.relief && this.extra?.hearLeft(),
    );
    this.current = shared;
    this.failures = 0;
    this.refusal = undefined;
    this.opener.moved = false;
    connection.listen({
      onClosed: (cause) => this.lose(connection, cause ?? new AnswerLost('connection closed')),
      onTrouble: () => this.liveness.suspect(),
      onListChanged: () => this.refreshSoon(),
      onUnclearQuestion: () => (this.unclear = true),
      onResourceUpdated: (uri) => this.watches.hear(uri),
    });
    this.relieve(shared);
    this.watches.attach(connection);
    this.subscribe(connection);
    this.liveness.watch(shared);
    this.watchIdleness();
    return shared;
  }

  /** Further connections beside this one, where they can be of use. */
  private relieve(shared: SharedConnection): void {
    const settings = extraSettings(this.definition, shared.connection, this.world.settings);
    if (!settings) return;
    const { signal } = this.lifetime;
    const events = { onUnclearQuestion: () => (this.unclear = true) };
    const extra = new ExtraConnections(shared, () => this.opener.open(signal), settings, events);
    shared.relief = extra;
    this.extra = extra;
    extra.fill();
  }

  private subscribe(connection: Connection): void {
    connection.subscribe(this.world.settings.checkTimeoutMs).catch((error: unknown) => {
      this.logger.debug({ err: error, service: this.definition.slug, msg: 'no subscription to list changes' });
    });
  }

  private async remember(capabilities: Capabilities): Promise<void> {
    const { id, slug } = this.definition;
    const known = this.capabilities;
    this.expireLater(capabilities.ttlMs);
    if (known && withoutMoment(known) === withoutMoment(capabilities)) {
      // What is said of a legacy service must not grow younger: it is believed for a day, and then looked at anew.
      if (capabilities.era === 'modern') this.world.inventory.confirm(id, capabilities.fetchedAt);
      return;
    }
    try {
      await this.world.inventory.save(id, capabilities);
      this.world.bus.publish('service.capabilities', { serviceId: id });
    } catch (error) {
      this.logger.error({ err: error, service: slug, msg: 'the lists of a service could not be stored' });
    }
  }

  private lose(connection: Connection, cause: unknown): void {
    if (this.current?.connection !== connection) return;
    const timeoutMs = this.world.settings.checkTimeoutMs;
    this.fail(mapUpstreamError(cause, { service: this.definition.name, phase: 'connect', timeoutMs }));
  }

  private fail(error: AppError): void {
    this.abandon();
    this.timers.idle.clear();
    this.failures += 1;
    const { code, details } = error;
    this.keeper.report({ kind: 'failed', code, details, hasLists: this.capabilities !== undefined });
    this.reconnectLater(error);
  }

  /** Requests over HTTP have channels of their own and may still end well; nothing comes out of the others any more. */
  private abandon(): void {
    const shared = this.letGo();
    if (shared?.connection.kind === 'streamable-http') shared.retire();
    else void shared?.connection.close();
  }

  /** Nobody new gets the connection, nor those beside it. */
  private letGo(): SharedConnection | undefined {
    const shared = this.current;
    this.current = undefined;
    this.extra?.retire();
    this.extra = undefined;
    this.watches.detach();
    this.liveness.stop();
    return shared;
  }

  private reconnectLater(error: AppError): void {
    const { settings, clock } = this.world;
    const { type } = this.definition;
    const pauseMs = error.code === 'upstream_busy' ? Number(error.details['seconds']) * 1_000 : 0;
    const waitMs = Math.max(pauseMs, backoffMs(this.failures, settings.backoff[type]));
    // Callers may knock sooner than we do by ourselves, except where knocking starts a process, or we were asked not to.
    const soonest = type === 'stdio' ? waitMs : Math.min(waitMs, settings.backoff[type].firstMs / 2);
    // A lack of room says nothing of the service: whoever comes next asks for it again.
    if (error.code !== 'too_many_commands')
      this.refusal = { until: clock.monotonicMs() + Math.max(pauseMs, soonest), error };
    if (type === 'stdio' && this.failures >= settings.stdioFailures) return;
    this.timers.reconnect.set(waitMs, () => this.connectSoon());
  }

  private hearAnswer({ connection }: SharedConnection, latencyMs: number): void {
    // A service that answers checks and fails calls is not well.
    if (this.breaker.state === 'closed')
      this.keeper.report({ kind: 'answered', offers: offersOf(this.capabilities), latencyMs });
    if (connection.needsSubscription) this.subscribe(connection);
  }

  private reportBreaker(): void {
    if (!this.current) return;
    if (this.breaker.state === 'closed') this.keeper.report({ kind: 'connected', offers: offersOf(this.capabilities) });
    else this.keeper.report({ kind: 'tripped', details: this.breaker.asError().details });
  }

  /** A first change is seen at once; of many, those of a while are looked at together. */
  private refreshSoon(): void {
    if (this.timers.refresh.isSet) return;
    const { settleMs, refreshMs } = this.world.settings;
    const sinceLast = this.world.clock.monotonicMs() - this.refreshedAtMs;
    this.timers.refresh.set(Math.max(settleMs, refreshMs - sinceLast), () => void this.refresh());
  }

  /** Lists that their service gave for a time are read again when it is over, while there is a connection. */
  private expireLater(ttlMs: number | undefined): void {
    if (ttlMs === undefined) return this.timers.expire.clear();
    const { leastMs, mostMs } = this.world.settings.listTtl;
    this.timers.expire.set(Math.min(Math.max(ttlMs, leastMs), mostMs), () => void this.refresh());
  }

  private async refresh(): Promise<void> {
    const shared = this.current;
    if (!shared) return;
    this.refreshedAtMs = this.world.clock.monotonicMs();
    try {
      const capabilities = await shared.run((connection) => readCapabilities(connection, this.world.settings.listMs));
      if (this.current === shared) await this.remember(capabilities);
    } catch (error) {
      this.logger.debug({ err: error, service: this.definition.slug, msg: 'changed lists could not be read' });
      this.expireLater(this.capabilities?.ttlMs);
      this.liveness.checkSoon(0);
    }
  }

  private watchIdleness(): void {
    const idleMs = this.world.settings.idleMs[this.definition.type];
    if (idleMs === undefined || this.definition.config.connect === 'at-start') return;
    this.timers.idle.set(idleMs, () => this.giveUpIdle());
  }

  private giveUpIdle(): void {
    if (this.current?.isInUse || (this.extra?.busy ?? 0) > 0 || this.watches.isNeeded) return;
    this.letGo()?.retire();
  }
}

/** What a connection depends on; who may call, what is kept of the answers and who looks at changes is none of it. */
const targetOf = ({ type, url, config, credentials, credentialsReadable }: ServiceDefinition): string =>
  JSON.stringify({
    type,
    url,
    config: { ...config, allowedCallers: null, resourceCache: null, toolChanges: null },
    credentials,
    credentialsReadable,
  });

const offersOf = (capabilities: Capabilities | undefined): number =>
  capabilities
    ? capabilities.tools.length +
      capabilities.resources.length +
      capabilities.resourceTemplates.length +
      capabilities.prompts.length
    : 0;

const withoutMoment = (capabilities: Capabilities): string =>
  JSON.stringify({ ...capabilities, fetchedAt: '', ttlMs: 0 });
