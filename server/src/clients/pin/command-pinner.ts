import type { CommandPin } from '../../services/index.js';
import type { Target, TransportFactory } from '../connection/transport-factory.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';

/** Looks at what the commands of services run, so that they can be bound to it. Starts nothing. */
export class CommandPinner {
  constructor(private readonly factory: Pick<TransportFactory, 'pinOf'>) {}

  /** @throws {AppError} `command_unpinnable`, `command_fetches_packages`, `upstream_command_failed` */
  async pinOf(target: Target): Promise<CommandPin> {
    try {
      return await this.factory.pinOf(target);
    } catch (error) {
      throw mapUpstreamError(error, { service: target.name, phase: 'connect', timeoutMs: 0 });
    }
  }
}
