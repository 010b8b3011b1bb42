import { Injectable } from '@nestjs/common';
import { ClientManager } from '../clients/index.js';
import { toAppError, type AppError } from '../platform/index.js';
import type { ServiceDefinition } from '../services/index.js';

/** A service that was just registered is usually known within this time, ms; a local command may have to be fetched. */
const PATIENCE_MS = 20_000;

/**
 * Lists come from memory; a service that was never reached has none yet. Whoever asks for it by name right after its
 * registration waits for the first connection instead of being told that there is nothing.
 */
@Injectable()
export class FirstLook {
  constructor(private readonly clients: ClientManager) {}

  /** @throws {AppError} why the service could not be reached, when its lists are not known */
  async demand(service: ServiceDefinition): Promise<void> {
    const unreached = await this.at(service);
    if (unreached) throw unreached;
  }

  /** @returns why the service could not be reached; undefined when its lists are known */
  async at(service: ServiceDefinition): Promise<AppError | undefined> {
    if (!service.enabled || this.clients.capabilities(service.id)) return undefined;
    try {
      await this.clients.connect(service.id, PATIENCE_MS);
      return undefined;
    } catch (error) {
      return toAppError(error);
    }
  }
}
