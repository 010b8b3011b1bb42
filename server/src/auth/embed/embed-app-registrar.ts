import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AppError, Clock, isUniqueViolation } from '../../platform/index.js';
import { onTrail, type Actor } from '../access/actor.js';
import { TOKEN_PREFIX, mintToken } from '../credentials/secret-token.js';
import { defined } from '../defined.js';
import { AccountLedger, type AccountChange } from '../directory/account-ledger.js';
import { EmbedAppBook } from './embed-app-book.js';
import { EmbedAppRecord, EmbedSessionRecord } from './embed.entity.js';
import type { EmbedAppChange, EmbedAppDraft } from './embed.dto.js';

interface AppWithSecret {
  app: EmbedAppRecord;
  /** Leaves this class once and is stored nowhere. */
  secret: string;
}

/** Registers the web applications that may open embed sessions. */
@Injectable()
export class EmbedAppRegistrar {
  constructor(
    private readonly source: DataSource,
    private readonly ledger: AccountLedger,
    private readonly book: EmbedAppBook,
    private readonly clock: Clock,
  ) {}

  /** For whoever keeps an app of their own; null when there is none of that name. */
  findByName(name: string): Promise<EmbedAppRecord | null> {
    return this.source.manager.findOneBy(EmbedAppRecord, { name });
  }

  /** @throws {AppError} `conflict` for a name that is taken */
  create(actor: Actor, draft: EmbedAppDraft): Promise<AppWithSecret> {
    const token = mintToken(TOKEN_PREFIX.embedApp);
    const app: EmbedAppRecord = {
      id: randomUUID(),
      name: draft.name,
      allowedOrigins: draft.allowedOrigins,
      createUsers: draft.createUsers ?? false,
      secretHash: token.hash,
      prefix: token.shown,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      version: 1,
    };
    return this.ledger.change(async (change) => {
      await refuseTakenName(app.name, () => change.manager.insert(EmbedAppRecord, app));
      await this.keep(change, 'created', app, actor, {
        allowedOrigins: app.allowedOrigins,
        createUsers: app.createUsers,
      });
      return { app, secret: token.secret };
    });
  }

  /** @throws {AppError} `not_found`, `stale_version`, `conflict` */
  change(actor: Actor, id: string, { version, ...fields }: EmbedAppChange): Promise<EmbedAppRecord> {
    return this.ledger.change(async (change) => {
      const before = await find(change, id);
      if (before.version !== version) throw new AppError('stale_version');
      const after: EmbedAppRecord = { ...before, ...defined(fields), version: version + 1 };
      await refuseTakenName(after.name, () => change.manager.update(EmbedAppRecord, id, after));
      await this.keep(change, 'updated', after, actor, defined(fields));
      return after;
    });
  }

  /** A new secret; the old one and all sessions opened with it end at once. */
  rotate(actor: Actor, id: string): Promise<AppWithSecret> {
    const token = mintToken(TOKEN_PREFIX.embedApp);
    return this.ledger.change(async (change) => {
      const before = await find(change, id);
      const app: EmbedAppRecord = {
        ...before,
        secretHash: token.hash,
        prefix: token.shown,
        version: before.version + 1,
      };
      await change.manager.update(EmbedAppRecord, id, app);
      await change.manager.delete(EmbedSessionRecord, { appId: id });
      await this.keep(change, 'updated', app, actor, { secret: 'rotated' });
      change.announce('credential.revoked', { kind: 'embed', appId: id });
      return { app, secret: token.secret };
    });
  }

  /** Ends the app and all its sessions. */
  remove(actor: Actor, id: string): Promise<void> {
    return this.ledger.change(async (change) => {
      const app = await find(change, id);
      await change.manager.delete(EmbedAppRecord, id);
      await change.record({
        action: 'embed-app.delete',
        actor: onTrail(actor),
        target: { kind: 'embed-app', id, name: app.name },
      });
      change.apply(() => this.book.drop(id));
      change.announce('embed-app.changed', { appId: id, change: 'deleted' });
      change.announce('credential.revoked', { kind: 'embed', appId: id });
    });
  }

  private async keep(
    change: AccountChange,
    what: 'created' | 'updated',
    app: EmbedAppRecord,
    actor: Actor,
    changes: Record<string, unknown>,
  ): Promise<void> {
    const action = what === 'created' ? 'embed-app.create' : 'embed-app.update';
    await change.record({
      action,
      actor: onTrail(actor),
      target: { kind: 'embed-app', id: app.id, name: app.name },
      changes,
    });
    change.apply(() => this.book.put(app));
    change.announce('embed-app.changed', { appId: app.id, change: what });
  }
}

async function find(change: AccountChange, id: string): Promise<EmbedAppRecord> {
  const app = await change.manager.findOneBy(EmbedAppRecord, { id });
  if (!app) throw new AppError('not_found');
  return app;
}

async function refuseTakenName(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    throw isUniqueViolation(error) ? new AppError('conflict', { details: { what: name } }) : error;
  }
}
