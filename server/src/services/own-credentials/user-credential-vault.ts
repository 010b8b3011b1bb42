import { Injectable, Logger } from '@nestjs/common';
import { Scrubber, SealBroken, SecretBox } from '../../platform/index.js';
import type { Credential } from '../definition.js';

interface Owner {
  readonly serviceId: string;
  readonly userId: string;
}

/** Seals what a person uses a service with, for exactly these two, and opens it; the logs learn to mask it. */
@Injectable()
export class UserCredentialVault {
  private readonly logger = new Logger('UserCredentialVault');

  constructor(
    private readonly box: SecretBox,
    private readonly scrubber: Scrubber,
  ) {}

  seal(owner: Owner, credentials: readonly Credential[]): string {
    return this.box.seal(JSON.stringify({ credentials }), rowOf(owner));
  }

  /** Undefined when it cannot be opened: its key is missing, it was altered, or it is somebody else's. */
  open(owner: Owner, sealed: string): readonly Credential[] | undefined {
    try {
      const { credentials } = JSON.parse(this.box.open(sealed, rowOf(owner))) as { credentials: Credential[] };
      for (const { value } of credentials) this.scrubber.learn(value);
      return credentials;
    } catch (err) {
      if (!(err instanceof SealBroken)) throw err;
      this.logger.error({ err, ...owner });
      return undefined;
    }
  }
}

const rowOf = ({ serviceId, userId }: Owner): string => `mcp_service_user_credential:${serviceId}:${userId}:auth`;
