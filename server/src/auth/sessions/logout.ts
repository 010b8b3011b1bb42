import { Injectable } from '@nestjs/common';
import { AppError } from '../../platform/index.js';
import { EmbedSessions } from '../embed/embed-sessions.js';
import type { Principal } from '../principal.js';
import { SessionKeeper } from './session-keeper.js';

/** Ends the session somebody came with. */
@Injectable()
export class Logout {
  constructor(
    private readonly sessions: SessionKeeper,
    private readonly embeds: EmbedSessions,
  ) {}

  /** @throws {AppError} `session_required` for an API key, which is revoked instead */
  async end({ credential }: Principal): Promise<void> {
    if (credential.kind === 'api-key') throw new AppError('session_required');
    await (credential.kind === 'session' ? this.sessions : this.embeds).end(credential.id);
  }

  /** Ends the session of a cookie that is about to be replaced, if it is one. */
  async endToken(token: string | undefined): Promise<void> {
    const session = token === undefined ? undefined : await this.sessions.find(token);
    if (session) await this.sessions.end(session.id);
  }
}
