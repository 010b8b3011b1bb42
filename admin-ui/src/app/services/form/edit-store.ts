import { computed, signal, type WritableSignal } from '@angular/core';
import { ApiError, type Service, type ServicesApi } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import type { FormValues } from './form-values';
import { changedFields, formProblems, toDraft, toForm } from './service-draft';

/** Somebody saved the service while it was being edited here. */
export interface Conflict {
  theirs: Service;
  /** What they changed. */
  fields: (keyof FormValues)[];
}

/** One editing of a service; what was entered survives refusals and conflicts. */
export class EditStore {
  private readonly clash = signal<Conflict | undefined>(undefined);

  readonly values: WritableSignal<FormValues>;
  readonly deed = new Deed();
  readonly conflict = this.clash.asReadonly();
  /** Whether wrong fields are pointed out: from the first attempt to save. */
  readonly strict = signal(false);
  readonly dirty = computed(() => changedFields(toForm(this.base()), this.values()).length > 0);
  /** What the server stores, as last seen. */
  private readonly base: WritableSignal<Service>;

  constructor(
    private readonly api: ServicesApi,
    service: Service,
  ) {
    this.base = signal(service);
    this.values = signal(toForm(service));
  }

  /** Saves. @returns the stored service, undefined when it was refused; `deed.error` or `conflict` then say why. */
  async save(): Promise<Service | undefined> {
    this.strict.set(true);
    if (Object.keys(formProblems(this.values())).length > 0) return undefined;
    let saved: Service | undefined;
    await this.deed.run(async () => {
      const { id, version } = this.base();
      saved = await this.api.change(id, { ...toDraft(this.values()), version });
    });
    if (saved) this.start(saved);
    if (this.deed.error()?.code === 'stale_version') await this.meet();
    return saved;
  }

  /** Keeps what was entered here and saves it over what the other person saved. */
  async overwrite(): Promise<Service | undefined> {
    this.clash.set(undefined);
    return this.save();
  }

  /** Takes what the other person saved, giving up what was entered here. */
  takeTheirs(): void {
    this.start(this.base());
  }

  private start(service: Service): void {
    this.base.set(service);
    this.values.set(toForm(service));
    this.clash.set(undefined);
    this.deed.reset();
  }

  private async meet(): Promise<void> {
    const mine = toForm(this.base());
    try {
      const theirs = await this.api.get(this.base().id);
      this.base.set(theirs);
      this.clash.set({ theirs, fields: changedFields(mine, toForm(theirs)) });
      this.deed.reset();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
}
