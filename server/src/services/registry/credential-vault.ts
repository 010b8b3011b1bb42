import { Injectable, Logger } from '@nestjs/common';
import { Scrubber, SealBroken, SecretBox } from '../../platform/index.js';
import type { Credential } from '../definition.js';

/** Seals the credentials of a service for its row, and opens them; what it opens, the logs learn to mask. */
@Injectable()
export class CredentialVault {
  private readonly logger = new Logger('CredentialVault');

  constructor(
    private readonly box: SecretBox,
    private readonly scrubber: Scrubber,
  ) {}

  /** Null for a service without credentials. */
  seal(serviceId: string, credentials: readonly Credential[]): string | null {
    return credentials.length === 0 ? null : this.box.seal(JSON.stringify({ credentials }), placeOf(serviceId));
  }

  /** Undefined when what is stored cannot be opened: its key is missing, or it was altered. */
  open(serviceId: string, sealed: string | null): readonly Credential[] | undefined {
    if (sealed === null) return [];
    try {
      const { credentials } = JSON.parse(this.box.open(sealed, placeOf(serviceId))) as { credentials: Credential[] };
      for (const { value } of credentials) this.scrubber.learn(value);
      return credentials;
    } catch (err) {
      if (!(err instanceof SealBroken)) throw err;
      this.logger.error({ err, serviceId });
      return undefined;
    }
  }
}

const placeOf = (serviceId: string): string => `mcp_service:${serviceId}:auth`;
