import { AppError } from '../../platform/index.js';
import type { Capabilities, ServiceDefinition } from '../../services/index.js';
import { readCapabilities } from '../capabilities/list-reader.js';
import type { Connection } from '../connection/connection.js';
import { isRefusal, openConnection, type Verdict } from '../connection/open-connection.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import type { ClientWorld } from './managed-client.js';

const LEGACY_VERDICT_MS = 24 * 60 * 60_000;

/** Makes connections to one service, with what earlier ones learnt of it. */
export class Opener {
  /** The definition points elsewhere than when the stored verdict was found. */
  moved = false;

  constructor(
    private readonly world: Pick<ClientWorld, 'factory' | 'inventory' | 'clock' | 'settings'>,
    private readonly definition: () => ServiceDefinition,
  ) {}

  /** @throws {AppError} */
  async open(signal: AbortSignal): Promise<Connection> {
    return await this.openWith(signal, this.verdict()).catch((error: unknown) => {
      throw this.errorOf(error);
    });
  }

  /** A connection, and everything that the service offers on it. @throws what the transport throws */
  async openAndRead(signal: AbortSignal): Promise<{ connection: Connection; capabilities: Capabilities }> {
    const verdict = this.verdict();
    try {
      return await this.readWith(signal, verdict);
    } catch (error) {
      // A stored modern verdict costs no round trip, so that only the first request shows that it is out of date.
      if (!verdict || signal.aborted || !isRefusal(error)) throw error;
      return await this.readWith(signal, undefined);
    }
  }

  errorOf(error: unknown): AppError {
    const { name, type } = this.definition();
    return mapUpstreamError(error, {
      service: name,
      phase: 'connect',
      timeoutMs: this.world.settings.connectMs[type],
    });
  }

  private async readWith(
    signal: AbortSignal,
    verdict: Verdict | undefined,
  ): Promise<{ connection: Connection; capabilities: Capabilities }> {
    const connection = await this.openWith(signal, verdict);
    try {
      return { connection, capabilities: await readCapabilities(connection, this.world.settings.listMs) };
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  private async openWith(signal: AbortSignal, verdict: Verdict | undefined): Promise<Connection> {
    const { factory, settings } = this.world;
    const definition = this.definition();
    if (!definition.credentialsReadable)
      throw new AppError('upstream_unauthorised', { details: { service: definition.name } });
    const timeoutMs = settings.connectMs[definition.type];
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    return await openConnection(factory, definition, { signal: bounded, timeoutMs, verdict });
  }

  /** What an earlier connection learnt, unless it was to somewhere else or, for a legacy service, is a day old. */
  private verdict(): Verdict | undefined {
    const known = this.world.inventory.load(this.definition().id);
    if (!known || this.moved) return undefined;
    const ageMs = this.world.clock.now().getTime() - Date.parse(known.fetchedAt);
    // A modern verdict that is wrong fails at once; a legacy one never would, even if the service has long been modern.
    if (known.era === 'legacy' && ageMs > LEGACY_VERDICT_MS) return undefined;
    return { era: known.era, transport: known.transport, discover: known.discover };
  }
}
