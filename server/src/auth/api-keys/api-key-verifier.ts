import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { Clock, EventBus } from '../../platform/index.js';
import { CredentialCache } from '../credentials/credential-cache.js';
import { LastUse } from '../credentials/last-use.js';
import { hashToken } from '../credentials/secret-token.js';
import { ApiKeyRecord } from './api-key.entity.js';

export interface LiveApiKey {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: ReadonlySet<Permission>;
  readonly serviceIds: ReadonlySet<string> | null;
  readonly expiresAt: Date | null;
}

/** Tells which key a secret belongs to. A key that was seen before costs no query. */
@Injectable()
export class ApiKeyVerifier {
  private readonly cache = new CredentialCache<LiveApiKey>((hash) => this.load(hash));

  constructor(
    private readonly source: DataSource,
    private readonly lastUse: LastUse,
    private readonly clock: Clock,
    bus: EventBus,
  ) {
    bus.subscribe('credential.revoked', ({ kind, id, userId }) => {
      if (kind !== 'api-key') return;
      this.cache.forget(
        (key) => (id === undefined || key.id === id) && (userId === undefined || key.userId === userId),
      );
    });
  }

  /** The key of a secret; undefined when it is unknown, revoked or expired. Looking counts as use. */
  async find(secret: string): Promise<LiveApiKey | undefined> {
    const key = await this.cache.find(hashToken(secret));
    if (!key || (key.expiresAt && this.clock.now() >= key.expiresAt)) return undefined;
    this.lastUse.note('api-key', key.id);
    return key;
  }

  private async load(secretHash: string): Promise<LiveApiKey | undefined> {
    const row = await this.source.manager.findOneBy(ApiKeyRecord, { secretHash });
    if (!row || row.revokedAt) return undefined;
    return {
      id: row.id,
      userId: row.userId,
      name: row.name,
      scopes: new Set(row.scopes),
      serviceIds: row.serviceIds && new Set(row.serviceIds),
      expiresAt: row.expiresAt,
    };
  }
}
