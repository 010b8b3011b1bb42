import type { Clock, EventBus } from '../../platform/index.js';
import type { ServiceDefinition } from '../../services/index.js';
import type { Connection } from '../connection/connection.js';
import type { TransportFactory } from '../connection/transport-factory.js';
import type { Inventory } from '../ports.js';
import type { ClientSettings } from './settings.js';
import type { SharedConnection } from './shared-connection.js';

/** What everything that keeps connections works with. */
export interface ClientWorld {
  factory: TransportFactory;
  inventory: Inventory;
  bus: EventBus;
  clock: Clock;
  settings: ClientSettings;
}

/** Our side of a service, as an exchange with it needs it: the one that all share, or somebody's own. */
export interface ManagedClient {
  readonly service: ServiceDefinition;
  /** Whether a call that may be asked something should have a connection of its own. */
  readonly asksUnclearly: boolean;
  /** The connection to use, when it is there already. */
  readonly ready: SharedConnection | undefined;
  /** A connection to use, made first when there is none. @throws {AppError} it cannot be made */
  connected(): Promise<SharedConnection>;
  /** Runs `work` on such a connection. @throws {AppError} */
  use<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  /** Runs `work` on a connection that nobody else uses meanwhile. @throws {AppError} */
  useOwn<T>(work: (connection: Connection) => Promise<T>, ms: number, signal: AbortSignal | undefined): Promise<T>;
  /** The service no longer knows our session: the connection is worthless, the service is not down. */
  dropSession(connection: Connection): void;
}
