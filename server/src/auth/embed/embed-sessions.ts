import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import { AppError, Clock, EventBus } from '../../platform/index.js';
import { CredentialCache } from '../credentials/credential-cache.js';
import { LastUse } from '../credentials/last-use.js';
import { TOKEN_PREFIX, hashToken, mintToken } from '../credentials/secret-token.js';
import { AccountDirectory } from '../directory/account-directory.js';
import type { Account } from '../directory/account.js';
import { UserRegistrar } from '../users/user-registrar.js';
import { EmbedAppBook, type EmbedAppEntry } from './embed-app-book.js';
import { EMBED_SCOPES, LONGEST_EMBED_SESSION_SECONDS, type EmbedSession, type EmbedSessionDraft } from './embed.dto.js';
import { EmbedSessionRecord } from './embed.entity.js';

export interface LiveEmbedSession {
  readonly id: string;
  readonly app: EmbedAppEntry;
  readonly userId: string;
  readonly scopes: ReadonlySet<Permission>;
}

interface StoredSession extends Omit<LiveEmbedSession, 'app'> {
  readonly appId: string;
  readonly origin: string;
  readonly expiresAt: Date;
}

/** Short sessions of the widget: one app, one user, one origin, a few minutes, two permissions at most. */
@Injectable()
export class EmbedSessions {
  private readonly cache = new CredentialCache<StoredSession>((hash) => this.load(hash));

  constructor(
    private readonly source: DataSource,
    private readonly book: EmbedAppBook,
    private readonly directory: AccountDirectory,
    private readonly registrar: UserRegistrar,
    private readonly lastUse: LastUse,
    private readonly clock: Clock,
    private readonly bus: EventBus,
  ) {
    bus.subscribe('credential.revoked', ({ kind, id, userId, appId }) => {
      if (kind !== 'embed') return;
      this.cache.forget(
        (session) =>
          (id === undefined || session.id === id) &&
          (userId === undefined || session.userId === userId) &&
          (appId === undefined || session.appId === appId),
      );
    });
  }

  /**
   * Opens a session on the word of an app, which knows its own users.
   *
   * @param appSecret the app's secret, `gha_…`
   * @throws {AppError} `embed_app_invalid`, `embed_origin_denied`, `embed_user_unknown`
   */
  async open(appSecret: string, draft: EmbedSessionDraft): Promise<EmbedSession> {
    const app = this.book.bySecretHash(hashToken(appSecret));
    if (!app) throw new AppError('embed_app_invalid');
    if (!app.allowedOrigins.includes(draft.origin)) {
      throw new AppError('embed_origin_denied', { details: { origin: draft.origin } });
    }
    const account = this.directory.userByEmail(draft.user.email) ?? (await this.createUser(app, draft));
    if (!account.enabled) throw new AppError('embed_user_unknown');
    this.lastUse.note('embed-app', app.id);
    return this.store(app, account, draft);
  }

  /** The session of a token on a page of `origin`; undefined when it ended or the page is another one. */
  async find(token: string, origin: string | undefined): Promise<LiveEmbedSession | undefined> {
    const session = await this.cache.find(hashToken(token));
    if (!session || this.clock.now() >= session.expiresAt || origin !== session.origin) return undefined;
    const app = this.book.app(session.appId);
    return app?.allowedOrigins.includes(origin) ? { ...session, app } : undefined;
  }

  async end(id: string): Promise<void> {
    await this.source.manager.delete(EmbedSessionRecord, id);
    this.bus.publish('credential.revoked', { kind: 'embed', id });
  }

  /** Forgets sessions that are over; they are refused with or without this. */
  async sweep(): Promise<void> {
    await this.source.manager.delete(EmbedSessionRecord, { expiresAt: LessThan(this.clock.now()) });
  }

  private async createUser(app: EmbedAppEntry, { user, language }: EmbedSessionDraft): Promise<Account> {
    if (!app.createUsers) throw new AppError('embed_user_unknown');
    const draft = { email: user.email, displayName: user.name ?? user.email, ...(language && { language }) };
    try {
      return await this.registrar.create('installation', draft, 'embed');
    } catch (error) {
      // Two widgets of a new user at once: the other one was first.
      const account = this.directory.userByEmail(user.email);
      if (error instanceof AppError && error.code === 'conflict' && account) return account;
      throw error;
    }
  }

  private async store(app: EmbedAppEntry, account: Account, draft: EmbedSessionDraft): Promise<EmbedSession> {
    const token = mintToken(TOKEN_PREFIX.embedToken);
    const now = this.clock.now();
    const seconds = Math.min(draft.ttlSeconds ?? LONGEST_EMBED_SESSION_SECONDS, LONGEST_EMBED_SESSION_SECONDS);
    const row: EmbedSessionRecord = {
      id: randomUUID(),
      tokenHash: token.hash,
      appId: app.id,
      userId: account.id,
      origin: draft.origin,
      scopes: draft.scopes ?? [...EMBED_SCOPES],
      externalId: draft.user.id ?? null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + seconds * 1_000),
    };
    await this.source.manager.insert(EmbedSessionRecord, row);
    return { token: token.secret, expiresAt: row.expiresAt.toISOString(), sessionId: row.id };
  }

  private async load(tokenHash: string): Promise<StoredSession | undefined> {
    const row = await this.source.manager.findOneBy(EmbedSessionRecord, { tokenHash });
    if (!row) return undefined;
    const { id, appId, userId, origin, expiresAt } = row;
    return { id, appId, userId, origin, expiresAt, scopes: new Set(row.scopes) };
  }
}
