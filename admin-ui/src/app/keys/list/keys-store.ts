import { signal } from '@angular/core';
import type { ApiKey, ApiKeyCreated, ApiKeyDraft, KeysApi, Service, ServicesApi } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';

/** The server's largest page. */
const EVERY = 200;

/** One's API keys; the secret of a new one is held only until it is put away. */
export class KeysStore {
  readonly keys = new PagedList<ApiKey>();
  readonly services = new PagedList<Service>();
  readonly creating = new Deed();
  readonly created = signal<ApiKeyCreated | undefined>(undefined);

  constructor(
    private readonly api: KeysApi,
    private readonly servicesApi: ServicesApi,
  ) {}

  load(): Promise<void> {
    return this.keys.load((cursor, signal) => this.api.list({ cursor }, signal));
  }

  /** The services that a key can be limited to. */
  loadServices(): Promise<void> {
    return this.services.load((cursor, signal) =>
      this.servicesApi.list({ usable: true, cursor, limit: EVERY }, signal),
    );
  }

  /** @returns whether the key was created; its secret is in `created`, the refusal in `creating`. */
  create(draft: ApiKeyDraft): Promise<boolean> {
    return this.creating.run(async () => {
      this.created.set(await this.api.create(draft));
      await this.keys.reload();
    });
  }

  /** Forgets the secret. */
  putAway(): void {
    this.created.set(undefined);
    this.creating.reset();
  }

  /** @throws ApiError when the server refuses. */
  async revoke(key: ApiKey): Promise<void> {
    await this.api.revoke(key.id);
    await this.keys.reload();
  }
}
