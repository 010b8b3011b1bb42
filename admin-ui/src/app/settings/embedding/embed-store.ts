import { signal } from '@angular/core';
import type { EmbedApi, EmbedApp, EmbedAppCreated, EmbedAppDraft } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';

/** A secret just made: of a new app, or in place of an old one. */
export interface FreshSecret {
  app: EmbedAppCreated;
  rotated: boolean;
}

/** The applications that embed the chat; a new secret is held only until it is put away. */
export class EmbedStore {
  readonly apps = new PagedList<EmbedApp>();
  readonly saving = new Deed();
  readonly fresh = signal<FreshSecret | undefined>(undefined);

  constructor(private readonly api: EmbedApi) {}

  load(): Promise<void> {
    return this.apps.load((cursor, signal) => this.api.list({ cursor }, signal));
  }

  /** Creates an app, or changes `app`. @returns whether it was saved; the refusal is in `saving`. */
  save(draft: EmbedAppDraft, app?: EmbedApp): Promise<boolean> {
    return this.saving.run(async () => {
      if (app) await this.api.change(app.id, { ...draft, version: app.version });
      else this.fresh.set({ app: await this.api.create(draft), rotated: false });
      await this.apps.reload();
    });
  }

  /** @throws ApiError when the server refuses. */
  async rotate(app: EmbedApp): Promise<void> {
    this.fresh.set({ app: await this.api.rotateSecret(app.id), rotated: true });
    await this.apps.reload();
  }

  /** @throws ApiError when the server refuses. */
  async remove(app: EmbedApp): Promise<void> {
    await this.api.remove(app.id);
    await this.apps.reload();
  }

  /** Forgets the secret. */
  putAway(): void {
    this.fresh.set(undefined);
  }
}
