import { Injectable } from '@nestjs/common';
import type { Permission } from '@gatehouse/contracts';
import { AppError } from '../platform/index.js';
import { ApiKeyVerifier, type LiveApiKey } from './api-keys/api-key-verifier.js';
import { bearerOf } from './credentials/bearer.js';
import type { Carried } from './credentials/carried.js';
import { LastUse } from './credentials/last-use.js';
import { TOKEN_PREFIX } from './credentials/secret-token.js';
import type { Account } from './directory/account.js';
import { AccountDirectory } from './directory/account-directory.js';
import { EmbedSessions, type LiveEmbedSession } from './embed/embed-sessions.js';
import type { Principal } from './principal.js';
import { sessionTokenOf } from './sessions/session-cookie.js';
import { SessionKeeper, type LiveSession } from './sessions/session-keeper.js';

/**
 * Turns what a request carries into the one object that says who is calling. Every door uses it.
 *
 * An `Authorization` header decides alone: a bad one never falls back to the cookie beside it. A known credential costs
 * no query, and one that was revoked is refused from the same tick on.
 */
@Injectable()
export class Authenticator {
  /** Neither keys nor accounts change; whatever changes about somebody makes another object. */
  private readonly ofKeys = new WeakMap<LiveApiKey, { account: Account; principal: Principal }>();

  constructor(
    private readonly directory: AccountDirectory,
    private readonly sessions: SessionKeeper,
    private readonly keys: ApiKeyVerifier,
    private readonly embeds: EmbedSessions,
    private readonly lastUse: LastUse,
  ) {}

  /** @throws {AppError} `auth_required`, `api_key_invalid` or `embed_token_invalid`, all 401 */
  async authenticate({ authorization, cookie, origin }: Carried): Promise<Principal> {
    if (authorization === undefined) return this.bySession(sessionTokenOf(cookie));
    const token = bearerOf(authorization);
    if (token?.startsWith(TOKEN_PREFIX.apiKey)) return this.byApiKey(token);
    if (token?.startsWith(TOKEN_PREFIX.embedToken)) return this.byEmbedToken(token, origin);
    throw new AppError(token ? 'api_key_invalid' : 'auth_required');
  }

  private async bySession(token: string | undefined): Promise<Principal> {
    const session = token === undefined ? undefined : await this.sessions.find(token);
    const account = session && this.enabled(session.userId);
    if (!account) throw new AppError('auth_required');
    return sessionPrincipal(account, session);
  }

  private async byApiKey(secret: string): Promise<Principal> {
    const key = await this.keys.find(secret);
    const account = key && this.enabled(key.userId);
    if (!account) throw new AppError('api_key_invalid');
    const made = this.ofKeys.get(key);
    if (made?.account === account) return made.principal;
    const principal = apiKeyPrincipal(account, key);
    this.ofKeys.set(key, { account, principal });
    return principal;
  }

  private async byEmbedToken(token: string, origin: string | undefined): Promise<Principal> {
    const session = await this.embeds.find(token, origin);
    const account = session && this.enabled(session.userId);
    if (!account) throw new AppError('embed_token_invalid');
    return embedPrincipal(account, session);
  }

  private enabled(userId: string): Account | undefined {
    const account = this.directory.user(userId);
    if (!account?.enabled) return undefined;
    this.lastUse.note('user', userId);
    return account;
  }
}

const personOf = ({ id, email, displayName, groupIds }: Account) => ({ userId: id, email, displayName, groupIds });

const sessionPrincipal = (account: Account, session: LiveSession): Principal => ({
  ...personOf(account),
  permissions: account.permissions,
  credential: { kind: 'session', id: session.id, name: account.email },
  serviceIds: null,
});

const apiKeyPrincipal = (account: Account, key: LiveApiKey): Principal => ({
  ...personOf(account),
  permissions: narrowed(account.permissions, key.scopes),
  credential: { kind: 'api-key', id: key.id, name: key.name },
  serviceIds: key.serviceIds,
});

const embedPrincipal = (account: Account, session: LiveEmbedSession): Principal => ({
  ...personOf(account),
  permissions: narrowed(account.permissions, session.scopes),
  credential: { kind: 'embed', id: session.id, name: session.app.name },
  serviceIds: null,
});

const narrowed = (permissions: ReadonlySet<Permission>, scopes: ReadonlySet<Permission>): ReadonlySet<Permission> =>
  new Set([...permissions].filter((permission) => scopes.has(permission)));
