import { Injectable } from '@nestjs/common';
import { EmbedAppRegistrar, EmbedSessions, type Principal } from '../auth/index.js';
import { AppError } from '../platform/index.js';

const NAME = 'Demo page';
/** An embed app may list no more. */
const MOST_ORIGINS = 50;

type Session = Awaited<ReturnType<EmbedSessions['open']>>;

/**
 * The embed app behind the demo page, made when it is first needed.
 *
 * Its secret is kept in memory alone: a process that does not have it asks for a new one.
 */
@Injectable()
export class DemoApp {
  private secret: string | undefined;
  private readonly origins = new Set<string>();
  private preparing: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly apps: EmbedAppRegistrar,
    private readonly sessions: EmbedSessions,
  ) {}

  /** A session for `caller` on our own page, opened the way any embedding application would. */
  async openSession(caller: Principal, origin: string): Promise<Session> {
    try {
      return await this.open(caller, origin);
    } catch (error) {
      if (!(error instanceof AppError) || !['embed_app_invalid', 'embed_origin_denied'].includes(error.code))
        throw error;
      // Somebody changed or removed the app, or another process took a new secret.
      this.secret = undefined;
      this.origins.clear();
      return this.open(caller, origin);
    }
  }

  private async open(caller: Principal, origin: string): Promise<Session> {
    const secret = await this.secretFor(origin);
    return this.sessions.open(secret, { user: { email: caller.email, name: caller.displayName }, origin });
  }

  /** One at a time, so that two first visitors do not make two apps. */
  private secretFor(origin: string): Promise<string> {
    const prepared = this.preparing.then(() => this.prepare(origin));
    this.preparing = prepared.catch(() => undefined);
    return prepared;
  }

  private async prepare(origin: string): Promise<string> {
    if (this.secret !== undefined && this.origins.has(origin)) return this.secret;
    const app = await this.apps.findByName(NAME);
    if (app) {
      await this.allow(origin, app);
      this.secret ??= (await this.apps.rotate('installation', app.id)).secret;
    } else {
      this.secret = (await this.apps.create('installation', { name: NAME, allowedOrigins: [origin] })).secret;
    }
    this.origins.add(origin);
    return this.secret;
  }

  private async allow(origin: string, app: { id: string; allowedOrigins: string[]; version: number }): Promise<void> {
    if (app.allowedOrigins.includes(origin)) return;
    const allowedOrigins = [...app.allowedOrigins, origin].slice(-MOST_ORIGINS);
    await this.apps.change('installation', app.id, { allowedOrigins, version: app.version });
  }
}
