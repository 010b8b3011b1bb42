import { signal } from '@angular/core';
import type { DraftGrant, Service, ServicesApi, TestReport } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { emptyForm } from '../form/form-values';
import { formProblems, toDraft } from '../form/service-draft';

/** Adds one service by form: tested before it is saved. */
export class FormRegistration {
  private readonly seen = signal<TestReport | undefined>(undefined);
  private readonly strictness = signal(false);

  readonly values = signal(emptyForm());
  /** Whether wrong fields are pointed out: from the first attempt to go on. */
  readonly strict = this.strictness.asReadonly();
  readonly report = this.seen.asReadonly();
  readonly testing = new Deed();
  readonly saving = new Deed();

  constructor(private readonly api: Pick<ServicesApi, 'create' | 'testDraft'>) {}

  /** Whether the form can be sent; if not, its fields say why from now on. */
  isReady(): boolean {
    this.strictness.set(true);
    return Object.keys(formProblems(this.values())).length === 0;
  }

  async test(): Promise<void> {
    this.seen.set(undefined);
    await this.testing.run(async () => this.seen.set(await this.api.testDraft({ draft: toDraft(this.values()) })));
  }

  /** @returns the stored service, undefined when it was refused; `saving.error` then says why. */
  async save(grants: DraftGrant[], enabled: boolean): Promise<Service | undefined> {
    let service: Service | undefined;
    await this.saving.run(async () => {
      service = await this.api.create({ ...toDraft(this.values()), enabled, accessControl: { grants } });
    });
    return service;
  }
}
