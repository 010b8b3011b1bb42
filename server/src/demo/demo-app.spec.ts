import type { EmbedAppRegistrar, EmbedSessions, Principal } from '../auth/index.js';
import { AppError } from '../platform/index.js';
import { DemoApp } from './demo-app.js';

const li: Principal = {
  userId: 'li',
  email: 'li@example.org',
  displayName: 'Li',
  groupIds: new Set(),
  permissions: new Set(),
  credential: { kind: 'session', id: 's1', name: 'li' },
  serviceIds: null,
};

/** The embed apps of an installation, as far as the demo page deals with them. */
class Installation {
  app: { id: string; allowedOrigins: string[]; version: number; secret: string } | undefined;
  secrets = 0;
  opened: { email: string; origin: string }[] = [];

  private newSecret = (): string => `gha_${(this.secrets += 1)}`;

  readonly apps = {
    findByName: async () => this.app ?? null,
    create: async (_: unknown, { allowedOrigins }: { allowedOrigins: string[] }) => {
      if (this.app) throw new AppError('conflict', { details: { what: 'Demo page' } });
      this.app = { id: 'app', allowedOrigins, version: 1, secret: this.newSecret() };
      return this.app;
    },
    change: async (_: unknown, __: string, { allowedOrigins }: { allowedOrigins: string[] }) =>
      Object.assign(this.app ?? {}, { allowedOrigins }),
    rotate: async () => Object.assign(this.app ?? {}, { secret: this.newSecret() }),
  } as unknown as EmbedAppRegistrar;

  readonly sessions = {
    open: async (secret: string, draft: { user: { email: string }; origin: string }) => {
      if (secret !== this.app?.secret) throw new AppError('embed_app_invalid');
      if (!this.app.allowedOrigins.includes(draft.origin)) throw new AppError('embed_origin_denied');
      this.opened.push({ email: draft.user.email, origin: draft.origin });
      return { token: 'ghe_1', expiresAt: '', sessionId: 'e1' };
    },
  } as unknown as EmbedSessions;
}

describe('the app behind the demo page', () => {
  let installation: Installation;
  let demo: DemoApp;
  const here = 'http://127.0.0.1:8080';

  beforeEach(() => {
    installation = new Installation();
    demo = new DemoApp(installation.apps, installation.sessions);
  });

  it('is made once, for whoever comes first, however many come at once', async () => {
    await Promise.all([demo.openSession(li, here), demo.openSession(li, here)]);
    expect(installation.secrets).toBe(1);
    expect(installation.opened).toEqual([
      { email: 'li@example.org', origin: here },
      { email: 'li@example.org', origin: here },
    ]);
  });

  it('allows our own address under another name too, and keeps the first', async () => {
    await demo.openSession(li, here);
    await demo.openSession(li, 'http://localhost:8080');
    expect(installation.app?.allowedOrigins).toEqual([here, 'http://localhost:8080']);
  });

  it('gets a new secret after a restart', async () => {
    await demo.openSession(li, here);
    await new DemoApp(installation.apps, installation.sessions).openSession(li, here);
    expect(installation.secrets).toBe(2);
  });

  it('is made again when somebody removed it', async () => {
    await demo.openSession(li, here);
    installation.app = undefined;
    await expect(demo.openSession(li, here)).resolves.toMatchObject({ token: 'ghe_1' });
  });
});
