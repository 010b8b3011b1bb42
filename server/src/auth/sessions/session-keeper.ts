import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { AppError, Clock, EventBus, isStorageFailure } from '../../platform/index.js';
import { CredentialCache } from '../credentials/credential-cache.js';
import { LastUse } from '../credentials/last-use.js';
import { TOKEN_PREFIX, hashToken, mintToken } from '../credentials/secret-token.js';
import { AccountLedger } from '../directory/account-ledger.js';
import { UserRecord } from '../users/user.entity.js';
import { SessionRecord } from './session.entity.js';

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 12 * 3_600_000;

export interface OpenedSession {
  /** Goes into the cookie, and nowhere else. */
  token: string;
  expiresAt: Date;
}

export interface LiveSession {
  readonly id: string;
  readonly userId: string;
  readonly expiresAt: Date;
  lastSeenAt: Date;
}

/** Sessions of people who signed in: 30 minutes idle at most, 12 hours at most, ended whenever their account changes. */
@Injectable()
export class SessionKeeper {
  private readonly cache = new CredentialCache<LiveSession>((hash) => this.load(hash));

  constructor(
    private readonly source: DataSource,
    private readonly ledger: AccountLedger,
    private readonly lastUse: LastUse,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {
    bus.subscribe('credential.revoked', ({ kind, id, userId, exceptId }) => {
      if (kind !== 'session') return;
      this.cache.forget(
        (session) =>
          session.id !== exceptId &&
          (id === undefined || session.id === id) &&
          (userId === undefined || session.userId === userId),
      );
    });
  }

  /**
   * Opens a session for somebody whose password was just checked against `checkedHash`. While nothing can be stored it is
   * kept in memory only: whoever is to mend a full disk has to get in. Such a session ends with this process at the latest,
   * and is revoked like any other.
   *
   * @throws {AppError} `login_failed` when the password or the account changed since it was checked
   */
  async open(userId: string, checkedHash: string | null): Promise<OpenedSession> {
    const { secret, hash } = mintToken(TOKEN_PREFIX.session);
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + ABSOLUTE_MS);
    const row = { id: randomUUID(), tokenHash: hash, userId, createdAt: now, lastSeenAt: now, expiresAt };
    // In the ledger's turn: a password change that ends all sessions cannot miss this one.
    const stored = this.ledger.change(async ({ manager }) => {
      await demandUnchanged(manager, userId, checkedHash);
      await manager.insert(SessionRecord, row);
      await manager.update(UserRecord, userId, { lastSeenAt: now });
    });
    await stored.catch((error: unknown) => {
      if (!isStorageFailure(error)) throw error;
      return this.ledger.inTurn(async () => {
        await demandUnchanged(this.source.manager, userId, checkedHash);
        this.cache.remember(hash, liveOf(row));
      });
    });
    return { token: secret, expiresAt };
  }

  /** The session of a token; undefined when it ended. Looking counts as use. */
  async find(token: string): Promise<LiveSession | undefined> {
    const session = await this.cache.find(hashToken(token));
    if (!session) return undefined;
    const now = this.clock.now();
    if (now >= session.expiresAt || now.getTime() - session.lastSeenAt.getTime() >= IDLE_MS) return undefined;
    session.lastSeenAt = now;
    this.lastUse.note('session', session.id);
    return session;
  }

  async end(id: string): Promise<void> {
    await this.source.manager.delete(SessionRecord, id);
    this.bus.publish('credential.revoked', { kind: 'session', id });
  }

  /** Forgets sessions that are over; they are refused with or without this. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.source.manager.delete(SessionRecord, { expiresAt: LessThan(now) });
    await this.source.manager.delete(SessionRecord, { lastSeenAt: LessThan(new Date(now.getTime() - 2 * IDLE_MS)) });
  }

  private async load(tokenHash: string): Promise<LiveSession | undefined> {
    const row = await this.source.manager.findOneBy(SessionRecord, { tokenHash });
    return row ? liveOf(row) : undefined;
  }
}

const liveOf = ({ id, userId, expiresAt, lastSeenAt }: LiveSession): LiveSession => ({
  id,
  userId,
  expiresAt,
  lastSeenAt,
});

/** @throws {AppError} `login_failed` */
async function demandUnchanged(manager: EntityManager, userId: string, checkedHash: string | null): Promise<void> {
  const user = await manager.findOneBy(UserRecord, { id: userId, enabled: true });
  if (!user || user.passwordHash !== checkedHash) throw new AppError('login_failed');
}
