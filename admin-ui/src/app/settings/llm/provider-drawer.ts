import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { LlmProvider } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import type { LlmStore } from './llm-store';
import { EMPTY_PROVIDER, KEPT, formOf, isComplete, type ProviderForm } from './provider-form';

/** Adding a provider, or editing one. */
@Component({
  selector: 'gh-provider-drawer',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, Drawer, FailureNote, Field],
  templateUrl: './provider-drawer.html',
  styles: `
    .check {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
    }
  `,
})
export class ProviderDrawer {
  private readonly toaster = inject(Toaster);

  readonly store = input.required<LlmStore>();
  /** The provider to edit; absent: a new one. */
  readonly provider = input<LlmProvider>();
  readonly done = output();

  protected readonly form = linkedSignal<ProviderForm>(() => {
    const provider = this.provider();
    return provider ? formOf(provider) : EMPTY_PROVIDER;
  });
  protected readonly complete = computed(() => isComplete(this.form()));

  protected set(change: Partial<ProviderForm>): void {
    this.form.update((form) => ({ ...form, ...change }));
  }

  /** The dots stand for the stored key: typing into them would make a wrong one. */
  protected clearKept(): void {
    if (this.form().apiKey === KEPT) this.set({ apiKey: '' });
  }

  protected restoreKept(): void {
    if (!this.form().apiKey && this.provider()?.hasKey) this.set({ apiKey: KEPT });
  }

  protected async save(): Promise<void> {
    if (!(await this.store().save(this.form(), this.provider()))) return;
    this.toaster.success('settings.models.saved', { name: this.form().name });
    this.done.emit();
  }
}
