import { AppError } from '../../platform/index.js';
import type { ServiceDefinition } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import { backoffMs } from '../health/backoff.js';
import { Breaker } from './breaker.js';
import type { ClientWorld, ManagedClient } from './managed-client.js';
import { Opener } from './opener.js';
import { OwnConnections } from './own-connections.js';
import { SharedConnection } from './shared-connection.js';
import { Timer } from './timer.js';

/**
 * One person's connection to a service, with their credentials and nobody else's.
 *
 * It says nothing of how well the service is, and what is listed on it is not looked at: lists are shared.
 */
export class UserClient implements ManagedClient {
  readonly breaker: Breaker;
  private readonly opener: Opener;
  private readonly own: OwnConnections;
  private readonly lifetime = new AbortController();
  private readonly idle = new Timer();
  private current: SharedConnection | undefined;
  private opening: Promise<SharedConnection> | undefined;
  private refusal: { until: number; error: AppError } | undefined;
  private failures = 0;
  private unclear = false;
  private exchanges = 0;

  /** @param definition the service as this person reaches it */
  constructor(
    private readonly definition: ServiceDefinition,
    private readonly world: ClientWorld,
  ) {
    this.opener = new Opener(world, () => definition);
    this.breaker = new Breaker(() => definition.name, world.settings.breaker);
    this.own = new OwnConnections(() => this.opener.open(this.lifetime.signal), world.settings.own);
  }

  get service(): ServiceDefinition {
    return this.definition;
  }

  get asksUnclearly(): boolean {
    return this.unclear;
  }

  get isBusy(): boolean {
    return this.exchanges > 0;
  }

  /** How many connections it has. */
  get size(): number {
    return (this.current ? 1 : 0) + this.own.size;
  }

  /** Runs one exchange of this person: until it ends, the connection is not one to give up. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.exchanges += 1;
    try {
      return await this.breaker.run(work);
    } catch (error) {
      throw error instanceof AppError && error.code === 'upstream_unauthorised' ? this.refused(error) : error;
    } finally {
      this.exchanges -= 1;
    }
  }

  get ready(): SharedConnection | undefined {
    return this.opening ? undefined : this.current;
  }

  connected(): Promise<SharedConnection> {
    if (this.opening) return this.opening;
    if (this.current) return Promise.resolve(this.current);
    if (!this.definition.enabled)
      return Promise.reject(new AppError('service_disabled', { details: { service: this.definition.name } }));
    if (this.refusal && this.world.clock.monotonicMs() < this.refusal.until) return Promise.reject(this.refusal.error);
    this.opening = this.open().finally(() => (this.opening = undefined));
    return this.opening;
  }

  async use<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    return (await this.connected()).use(work);
  }

  useOwn<T>(work: (connection: Connection) => Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T> {
    return this.own.use(work, ms, signal);
  }

  dropSession(connection: Connection): void {
    this.own.dropIdle();
    if (this.current?.connection === connection) this.letGo()?.retire();
  }

  /** Nobody new gets the connection; exchanges on it may finish. */
  retire(): void {
    this.lifetime.abort(new AppError('upstream_lost', { details: { service: this.definition.name } }));
    this.letGo()?.retire();
    this.own.retire();
  }

  /** Ends local commands that nobody uses. @returns whether there were any */
  rest(): boolean {
    if (this.definition.type !== 'stdio' || this.opening || this.isBusy) return false;
    const before = this.size;
    this.own.dropIdle();
    this.letGo()?.retire();
    return this.size < before;
  }

  /** Ends the connection and every process of it now. */
  async end(): Promise<void> {
    const connection = this.current?.connection;
    const { opening } = this;
    this.retire();
    await Promise.all([connection?.close(), this.own.end()]);
    await opening?.catch(() => undefined);
  }

  private async open(): Promise<SharedConnection> {
    const { signal } = this.lifetime;
    try {
      const connection = await this.opener.open(signal);
      if (signal.aborted) {
        await connection.close();
        signal.throwIfAborted();
      }
      return this.adopt(connection);
    } catch (error) {
      const mapped = this.opener.errorOf(error);
      // A lack of room says nothing of the service: whoever comes next asks for it again.
      if (mapped.code === 'too_many_commands') throw mapped;
      this.failures += 1;
      const waitMs = backoffMs(this.failures, this.world.settings.backoff[this.definition.type]);
      // As with the shared connection: knocking again is dear only where it starts a process.
      const refuseMs = this.definition.type === 'stdio' ? waitMs : waitMs / 2;
      this.refusal = { until: this.world.clock.monotonicMs() + refuseMs, error: mapped };
      throw mapped;
    }
  }

  private adopt(connection: Connection): SharedConnection {
    const shared = new SharedConnection(connection, () => this.watchIdleness());
    this.current = shared;
    this.failures = 0;
    this.refusal = undefined;
    connection.listen({
      onClosed: () => this.current === shared && this.letGo(),
      onUnclearQuestion: () => (this.unclear = true),
    });
    this.watchIdleness();
    return shared;
  }

  private watchIdleness(): void {
    this.idle.set(this.world.settings.users.idleMs, () => {
      if (!this.current?.isInUse) this.letGo()?.retire();
    });
  }

  private letGo(): SharedConnection | undefined {
    const shared = this.current;
    this.current = undefined;
    this.idle.clear();
    return shared;
  }

  private refused(cause: AppError): AppError {
    return new AppError('upstream_credentials_refused', { details: { service: this.definition.name }, cause });
  }
}
