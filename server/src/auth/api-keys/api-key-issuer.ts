import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { AppError, Clock } from '../../platform/index.js';
import { mustHoldAll, onTrail } from '../access/actor.js';
import { TOKEN_PREFIX, mintToken } from '../credentials/secret-token.js';
import { AccountLedger } from '../directory/account-ledger.js';
import { holds, type Principal } from '../principal.js';
import { ApiKeyRecord } from './api-key.entity.js';
import type { ApiKeyDraft } from './api-key.dto.js';

const DEFAULT_SCOPES: Permission[] = ['tools:use'];

/** Makes and revokes API keys; the secret leaves this class once and is stored nowhere. */
@Injectable()
export class ApiKeyIssuer {
  constructor(
    private readonly ledger: AccountLedger,
    private readonly clock: Clock,
  ) {}

  /**
   * A key for the caller, with no more rights than the caller has right now.
   *
   * @throws {AppError} `privilege_escalation`, `validation_failed` for an expiry that is over
   */
  async issue(caller: Principal, draft: ApiKeyDraft): Promise<{ key: ApiKeyRecord; secret: string }> {
    const scopes = draft.scopes ?? DEFAULT_SCOPES;
    mustHoldAll(caller, scopes);
    const token = mintToken(TOKEN_PREFIX.apiKey);
    const key: ApiKeyRecord = {
      id: randomUUID(),
      userId: caller.userId,
      name: draft.name,
      secretHash: token.hash,
      prefix: token.shown,
      scopes,
      serviceIds: limitedTo(caller, draft.serviceIds),
      createdAt: this.clock.now(),
      expiresAt: this.futureMoment(draft.expiresAt),
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.ledger.change(async (change) => {
      await change.manager.insert(ApiKeyRecord, key);
      await change.record({
        action: 'api-key.create',
        actor: onTrail(caller),
        target: { kind: 'api-key', id: key.id, name: key.name },
        changes: { scopes, serviceIds: key.serviceIds, expiresAt: key.expiresAt?.toISOString() ?? null },
      });
    });
    return { key, secret: token.secret };
  }

  /**
   * Ends a key: the caller's own, or anybody's with the permission `api-keys:manage`.
   *
   * @throws {AppError} `not_found` also for somebody else's key
   */
  async revoke(caller: Principal, id: string): Promise<void> {
    const others = holds(caller, 'api-keys:manage') ? {} : { userId: caller.userId };
    await this.ledger.change(async (change) => {
      const key = await change.manager.findOneBy(ApiKeyRecord, { id, ...others });
      if (!key) throw new AppError('not_found');
      const { affected } = await change.manager.update(
        ApiKeyRecord,
        { id, revokedAt: IsNull() },
        { revokedAt: this.clock.now() },
      );
      if (!affected) return;
      await change.record({
        action: 'api-key.revoke',
        actor: onTrail(caller),
        target: { kind: 'api-key', id, name: key.name },
      });
      change.announce('credential.revoked', { kind: 'api-key', id });
    });
  }

  private futureMoment(text: string | undefined): Date | null {
    if (text === undefined) return null;
    const moment = new Date(text);
    if (moment > this.clock.now()) return moment;
    throw new AppError('validation_failed', {
      fields: [{ path: 'expiresAt', message: 'expiresAt must be in the future' }],
    });
  }
}

/** A key made by a limited key is limited to the same services or fewer. */
function limitedTo(caller: Principal, wanted: string[] | undefined): string[] | null {
  if (!caller.serviceIds) return wanted ?? null;
  const own = caller.serviceIds;
  if (wanted?.some((id) => !own.has(id))) throw new AppError('privilege_escalation');
  return wanted ?? [...own];
}
