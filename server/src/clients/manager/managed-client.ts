import { Logger } from '@nestjs/common';
import { AppError, type Clock, type EventBus } from '../../platform/index.js';
import type { Capabilities, ServiceDefinition } from '../../services/index.js';
import { readCapabilities } from '../capabilities/list-reader.js';
import type { Connection } from '../connection/connection.js';
import { isRefusal, openConnection, type Verdict } from '../connection/open-connection.js';
import type { TransportFactory } from '../connection/transport-factory.js';
import { isSessionLost } from '../errors/session-lost.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { backoffMs } from '../health/backoff.js';
import { isNews, nextHealth, unknownHealth, type Happening, type Health } from '../health/health-state.js';
import { AnswerLost } from '../errors/upstream-failures.js';
import type { Inventory } from '../ports.js';
import { ResourceWatches } from '../watch/resource-watches.js';
import type { ResourceListener } from '../watch/watcher-registry.js';
import type { ClientSettings } from './settings.js';
import { OwnConnections } from './own-connections.js';
import { SharedConnection } from './shared-connection.js';
import { Timer } from './timer.js';

/** Between two checks that errors bring about. */
const SUSPICION_PAUSE_MS = 500;

const LEGACY_VERDICT_MS = 24 * 60 * 60_000;

export interface ClientWorld {
  factory: TransportFactory;
  inventory: Inventory;
  bus: EventBus;
  clock: Clock;
  settings: ClientSettings;
}

/** Our side of one service: its connection, made when needed and made again when lost, and how well it is. */
export class ManagedClient {
  private readonly logger = new Logger('Clients');
  private current: SharedConnection | undefined;
  private opening: Promise<SharedConnection> | undefined;
  private lifetime = new AbortController();
  private state: Health;
  private failures = 0;
  private missedChecks = 0;
  private checking = false;
  /** The definition points elsewhere than when the stored verdict was found. */
  private moved = false;
  private checkedAtMs = Number.NEGATIVE_INFINITY;
  private refreshedAtMs = Number.NEGATIVE_INFINITY;
  private refusal: { until: number; error: AppError } | undefined;
  private readonly timers = { reconnect: new Timer(), check: new Timer(), idle: new Timer(), refresh: new Timer() };
  private readonly watches: ResourceWatches;
  private own: OwnConnections;
  /** It asked something, and it could not be said of whom. */
  private unclear = false;

  constructor(
    private definition: ServiceDefinition,
    private readonly world: ClientWorld,
  ) {
    this.state = unknownHealth(world.clock.now());
    this.watches = new ResourceWatches(
      () => ({ name: this.definition.name, reports: this.capabilities?.supports?.resourceSubscriptions }),
      world.settings.watch,
    );
    this.own = this.ownConnections();
    if (!definition.enabled) this.report({ kind: 'disabled' });
  }

  /** Whether a call that may be asked something should have a connection of its own. */
  get asksUnclearly(): boolean {
    return this.unclear;
  }

  /** Runs `work` on a connection that nobody else uses meanwhile. @throws {AppError} */
  useOwn<T>(work: (connection: Connection) => Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    return this.own.use(work, ms, signal);
  }

  get health(): Health {
    return this.state;
  }

  get isConnected(): boolean {
    return this.current !== undefined;
  }

  get capabilities(): Capabilities | undefined {
    return this.world.inventory.load(this.definition.id);
  }

  get service(): ServiceDefinition {
    return this.definition;
  }

  /** Runs `work` on the connection, which is made first when there is none. @throws {AppError} it cannot be made */
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

  private openOnce(): Promise<SharedConnection> {
    const opening = this.open().finally(() => {
      // A change of the definition may have put another attempt in its place.
      if (this.opening === opening) this.opening = undefined;
    });
    return opening;
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
    this.current?.retire();
    this.current = undefined;
    this.opening = undefined;
    this.own.retire();
    this.own = this.ownConnections();
    this.watches.detach();
  }

  /** Ends the connection and every process of it now. */
  async end(): Promise<void> {
    const connection = this.current?.connection;
    const { opening, own } = this;
    this.disconnect();
    await Promise.all([connection?.close(), own.end()]);
    await opening?.catch(() => undefined);
  }

  /** Takes over a changed definition; reconnects when the change concerns the connection. */
  redefine(definition: ServiceDefinition): void {
    const before = this.definition;
    this.definition = definition;
    if (!definition.enabled) {
      this.disconnect();
      this.report({ kind: 'disabled' });
    } else if (!before.enabled || targetOf(before) !== targetOf(definition)) {
      this.moved ||= targetOf(before) !== targetOf(definition);
      this.unclear = false;
      this.disconnect();
      this.report({ kind: 'enabled' });
      this.connectSoon();
    }
  }

  /** The service no longer knows our session: the connection is worthless, the service is not down. */
  dropSession(connection: Connection): void {
    this.own.dropIdle();
    if (this.current?.connection !== connection) return;
    this.current.retire();
    this.current = undefined;
    this.watches.detach();
    this.timers.check.clear();
  }

  private async open(): Promise<SharedConnection> {
    const { signal } = this.lifetime;
    this.report({ kind: 'connecting' });
    const started = this.world.clock.monotonicMs();
    try {
      const { connection, capabilities } = await this.openAndRead(signal);
      if (signal.aborted) {
        await connection.close();
        signal.throwIfAborted();
      }
      const shared = new SharedConnection(connection, () => this.watchIdleness());
      this.adopt(shared);
      await this.remember(capabilities);
      // It may have died while its lists were being stored.
      if (this.current !== shared) throw new AnswerLost('connection closed');
      this.report({
        kind: 'connected',
        offers: offersOf(capabilities),
        latencyMs: this.world.clock.monotonicMs() - started,
      });
      return shared;
    } catch (error) {
      const mapped = this.connectError(error);
      if (!signal.aborted) this.fail(mapped);
      throw mapped;
    }
  }

  private async openAndRead(signal: AbortSignal): Promise<{ connection: Connection; capabilities: Capabilities }> {
    const verdict = this.verdict();
    try {
      return await this.openWith(signal, verdict);
    } catch (error) {
      // A stored modern verdict costs no round trip, so that only the first request shows that it is out of date.
      if (!verdict || signal.aborted || !isRefusal(error)) throw error;
      return await this.openWith(signal, undefined);
    }
  }

  /** What an earlier connection learnt, unless it was to somewhere else or, for a legacy service, is a day old. */
  private verdict(): Verdict | undefined {
    const known = this.capabilities;
    if (!known || this.moved) return undefined;
    const ageMs = this.world.clock.now().getTime() - Date.parse(known.fetchedAt);
    // A modern verdict that is wrong fails at once; a legacy one never would, even if the service has long been modern.
    if (known.era === 'legacy' && ageMs > LEGACY_VERDICT_MS) return undefined;
    return { era: known.era, transport: known.transport, discover: known.discover };
  }

  private async openBare(signal: AbortSignal, verdict: Verdict | undefined): Promise<Connection> {
    const { factory, settings } = this.world;
    if (!this.definition.credentialsReadable)
      throw new AppError('upstream_unauthorised', { details: { service: this.definition.name } });
    const timeoutMs = settings.connectMs[this.definition.type];
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return await openConnection(factory, this.definition, { signal: bounded, timeoutMs, verdict });
  }

  /** Connections of one life of this client: they are not made any more when it is over. */
  private ownConnections(): OwnConnections {
    const { signal } = this.lifetime;
    const connect = (): Promise<Connection> =>
      this.openBare(signal, this.verdict()).catch((error: unknown) => {
        throw this.connectError(error);
      });
    return new OwnConnections(connect, this.world.settings.own);
  }

  private connectError(error: unknown): AppError {
    const timeoutMs = this.world.settings.connectMs[this.definition.type];
    return mapUpstreamError(error, { service: this.definition.name, phase: 'connect', timeoutMs });
  }

  private async openWith(
    signal: AbortSignal,
    verdict: Verdict | undefined,
  ): Promise<{ connection: Connection; capabilities: Capabilities }> {
    const connection = await this.openBare(signal, verdict);
    try {
      return { connection, capabilities: await readCapabilities(connection, this.world.settings.listMs) };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  private adopt(shared: SharedConnection): void {
    const { connection } = shared;
    this.current = shared;
    this.failures = 0;
    this.missedChecks = 0;
    this.refusal = undefined;
    this.moved = false;
    connection.listen({
      onClosed: (cause) => this.lose(connection, cause ?? new AnswerLost('connection closed')),
      onTrouble: () => this.suspect(),
      onListChanged: () => this.refreshSoon(),
      onUnclearQuestion: () => (this.unclear = true),
      onResourceUpdated: (uri) => this.watches.hear(uri),
    });
    this.watches.attach(connection);
    this.subscribe(connection);
    this.checkSoon();
    this.watchIdleness();
  }

  private subscribe(connection: Connection): void {
    connection.subscribe(this.world.settings.checkTimeoutMs).catch((error: unknown) => {
      this.logger.debug({ err: error, service: this.definition.slug, msg: 'no subscription to list changes' });
    });
  }

  private async remember(capabilities: Capabilities): Promise<void> {
    const { id, slug } = this.definition;
    const known = this.capabilities;
    if (known && withoutMoment(known) === withoutMoment(capabilities)) return;
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
    this.timers.check.clear();
    this.timers.idle.clear();
    this.failures += 1;
    const { code, details } = error;
    this.report({ kind: 'failed', code, details, hasLists: this.capabilities !== undefined });
    this.reconnectLater(error);
  }

  /** Requests over HTTP have channels of their own and may still end well; nothing comes out of the others any more. */
  private abandon(): void {
    const shared = this.current;
    this.current = undefined;
    this.watches.detach();
    if (shared?.connection.kind === 'streamable-http') shared.retire();
    else void shared?.connection.close();
  }

  private reconnectLater(error: AppError): void {
    const { settings, clock } = this.world;
    const { type } = this.definition;
    const waitMs = backoffMs(this.failures, settings.backoff[type]);
    // Callers may knock sooner than we do by ourselves, except where knocking starts a process.
    const refuseMs = type === 'stdio' ? waitMs : Math.min(waitMs, settings.backoff[type].firstMs / 2);
    this.refusal = { until: clock.monotonicMs() + refuseMs, error };
    if (type === 'stdio' && this.failures >= settings.stdioFailures) return;
    this.timers.reconnect.set(waitMs, () => this.connectSoon());
  }

  private checkSoon(ms: number = this.world.settings.checkMs[this.definition.type]): void {
    this.timers.check.set(ms, () => void this.check());
  }

  /** Something broke: look at once, but not at every message of a flood of errors. */
  private suspect(): void {
    const sinceLastMs = this.world.clock.monotonicMs() - this.checkedAtMs;
    if (!this.checking) this.checkSoon(Math.max(0, SUSPICION_PAUSE_MS - sinceLastMs));
  }

  private async check(): Promise<void> {
    const shared = this.current;
    if (!shared || this.checking) return;
    const { connection } = shared;
    const { checkTimeoutMs: timeoutMs } = this.world.settings;
    this.checking = true;
    this.checkedAtMs = this.world.clock.monotonicMs();
    try {
      const latencyMs = await connection.check(timeoutMs);
      if (this.current !== shared) return;
      this.missedChecks = 0;
      this.report({ kind: 'answered', offers: offersOf(this.capabilities), latencyMs });
      if (connection.needsSubscription) this.subscribe(connection);
      this.checkSoon();
    } catch (error) {
      if (this.current !== shared) return;
      this.judgeMissedCheck(shared, error, timeoutMs);
    } finally {
      this.checking = false;
    }
  }

  private judgeMissedCheck(shared: SharedConnection, error: unknown, timeoutMs: number): void {
    const { connection } = shared;
    if (isSessionLost(error, connection)) {
      this.dropSession(connection);
      return this.connectSoon();
    }
    const mapped = mapUpstreamError(error, { service: this.definition.name, phase: 'exchange', timeoutMs });
    this.missedChecks += 1;
    // A busy service may be slow to answer; only silence without any work in progress means that it hangs.
    if (mapped.code === 'upstream_timeout' && (this.missedChecks < 2 || shared.isInUse)) {
      this.report({ kind: 'late', timeoutMs });
      return this.checkSoon();
    }
    this.lose(connection, error);
  }

  /** A first change is seen at once; of many, those of a while are looked at together. */
  private refreshSoon(): void {
    if (this.timers.refresh.isSet) return;
    const { settleMs, refreshMs } = this.world.settings;
    const sinceLast = this.world.clock.monotonicMs() - this.refreshedAtMs;
    this.timers.refresh.set(Math.max(settleMs, refreshMs - sinceLast), () => void this.refresh());
  }

  private async refresh(): Promise<void> {
    const shared = this.current;
    if (!shared) return;
    this.refreshedAtMs = this.world.clock.monotonicMs();
    try {
      const capabilities = await shared.use((connection) => readCapabilities(connection, this.world.settings.listMs));
      if (this.current === shared) await this.remember(capabilities);
    } catch (error) {
      this.logger.debug({ err: error, service: this.definition.slug, msg: 'changed lists could not be read' });
      this.checkSoon(0);
    }
  }

  private watchIdleness(): void {
    const idleMs = this.world.settings.idleMs[this.definition.type];
    if (idleMs === undefined || this.definition.config.connect === 'at-start') return;
    this.timers.idle.set(idleMs, () => {
      if (this.current?.isInUse || this.watches.isNeeded) return;
      this.timers.check.clear();
      this.current?.retire();
      this.current = undefined;
    });
  }

  private report(happening: Happening): void {
    const before = this.state;
    this.state = nextHealth(before, happening, this.world.clock.now());
    if (!isNews(before, this.state)) return;
    this.log();
    const { since, checkedAt, ...health } = this.state;
    this.world.bus.publish('service.health', {
      serviceId: this.definition.id,
      ...health,
      details: health.details && { ...health.details },
      since: since.toISOString(),
      checkedAt: checkedAt.toISOString(),
    });
  }

  private log(): void {
    const { state, code, details } = this.state;
    const entry = {
      service: this.definition.slug,
      state,
      code,
      details,
      failures: this.failures,
      msg: 'health of a service',
    };
    if (code) this.logger.warn(entry);
    else this.logger.debug(entry);
  }
}

const targetOf = ({ type, url, config, credentials, credentialsReadable }: ServiceDefinition): string =>
  JSON.stringify({ type, url, config, credentials, credentialsReadable });

const offersOf = (capabilities: Capabilities | undefined): number =>
  capabilities
    ? capabilities.tools.length +
      capabilities.resources.length +
      capabilities.resourceTemplates.length +
      capabilities.prompts.length
    : 0;

const withoutMoment = (capabilities: Capabilities): string => JSON.stringify({ ...capabilities, fetchedAt: '' });
