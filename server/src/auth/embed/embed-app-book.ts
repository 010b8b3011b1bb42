import type { DataSource } from 'typeorm';
import { EmbedAppRecord } from './embed.entity.js';

export type EmbedAppEntry = Readonly<
  Pick<EmbedAppRecord, 'id' | 'name' | 'allowedOrigins' | 'createUsers' | 'secretHash'>
>;

/** Every embed app, in memory: its secret and its origins are checked without a query. */
export class EmbedAppBook {
  private readonly apps = new Map<string, EmbedAppEntry>();
  private origins: ReadonlySet<string> = new Set();

  app(id: string): EmbedAppEntry | undefined {
    return this.apps.get(id);
  }

  bySecretHash(hash: string): EmbedAppEntry | undefined {
    return [...this.apps.values()].find((app) => app.secretHash === hash);
  }

  /** Whether any app may be shown on pages of this origin. */
  lists(origin: string): boolean {
    return this.origins.has(origin);
  }

  put(app: EmbedAppEntry): void {
    this.apps.set(app.id, app);
    this.collectOrigins();
  }

  drop(id: string): void {
    this.apps.delete(id);
    this.collectOrigins();
  }

  private collectOrigins(): void {
    this.origins = new Set([...this.apps.values()].flatMap((app) => app.allowedOrigins));
  }
}

/** The apps as the database has them, read once at start. */
export async function loadEmbedApps(source: DataSource): Promise<EmbedAppBook> {
  const book = new EmbedAppBook();
  for (const app of await source.manager.find(EmbedAppRecord)) book.put(app);
  return book;
}
