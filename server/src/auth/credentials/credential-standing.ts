import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { Clock } from '../../platform/index.js';
import { ApiKeyRecord } from '../api-keys/api-key.entity.js';
import { AccountDirectory } from '../directory/account-directory.js';
import { EmbedAppBook } from '../embed/embed-app-book.js';
import { EmbedSessionRecord } from '../embed/embed.entity.js';
import type { Principal } from '../principal.js';
import { renewed } from '../renewed.js';
import { SessionRecord } from '../sessions/session.entity.js';

/** What must be remembered of a principal to act for it later; plain JSON, and no secret. */
export interface KeptPrincipal {
  readonly userId: string;
  readonly email: string;
  readonly displayName: string;
  readonly permissions: readonly Permission[];
  readonly credential: Principal['credential'];
  readonly serviceIds: readonly string[] | null;
}

export const keptOf = (principal: Principal): KeptPrincipal => ({
  userId: principal.userId,
  email: principal.email,
  displayName: principal.displayName,
  permissions: [...principal.permissions],
  credential: principal.credential,
  serviceIds: principal.serviceIds && [...principal.serviceIds],
});

/** Whether somebody may still act by the credential that they once came with. Asks the database. */
@Injectable()
export class CredentialStanding {
  constructor(
    private readonly source: DataSource,
    private readonly accounts: AccountDirectory,
    private readonly book: EmbedAppBook,
    private readonly clock: Clock,
  ) {}

  /**
   * The same caller with today's rights, which are never more than those they came with. Undefined when the account is
   * off, or the key was revoked or ran out, or the session was ended.
   */
  async renew(kept: KeptPrincipal): Promise<Principal | undefined> {
    const then: Principal = {
      ...kept,
      groupIds: new Set(),
      permissions: new Set(kept.permissions),
      serviceIds: kept.serviceIds && new Set(kept.serviceIds),
    };
    const now = renewed(then, this.accounts);
    return now && (await this.stands(now)) ? now : undefined;
  }

  /**
   * Whether what somebody began may go on: until their account is off, or the key that it was begun with is revoked. It
   * goes on when they sign out.
   */
  async mayGoOn(kept: KeptPrincipal): Promise<boolean> {
    if (kept.credential.kind === 'api-key') return (await this.renew(kept)) !== undefined;
    return this.accounts.principalOf(kept.userId) !== undefined;
  }

  private async stands({ userId, credential: { kind, id } }: Principal): Promise<boolean> {
    const { manager } = this.source;
    switch (kind) {
      case 'api-key': {
        const key = await manager.findOneBy(ApiKeyRecord, { id, userId });
        return key !== null && key.revokedAt === null && this.isAhead(key.expiresAt);
      }
      case 'session': {
        const session = await manager.findOneBy(SessionRecord, { id, userId });
        return session !== null && this.isAhead(session.expiresAt);
      }
      case 'embed': {
        const session = await manager.findOneBy(EmbedSessionRecord, { id, userId });
        return session !== null && this.isAhead(session.expiresAt) && this.book.app(session.appId) !== undefined;
      }
    }
  }

  private isAhead(moment: Date | null): boolean {
    return moment === null || this.clock.now() < moment;
  }
}
