import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import type { Service } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Languages } from '../../i18n/languages';
import { Confirm } from '../../ui/confirm';
import { Drawer } from '../../ui/drawer';
import { localText } from '../../ui/local-text';
import { Toaster } from '../../ui/toasts';
import { EditForm } from './edit-form';

/** The settings of a service beside the list. Closing with unsaved changes asks first. */
@Component({
  selector: 'gh-edit-drawer',
  imports: [TranslocoDirective, Drawer, EditForm],
  template: `
    <gh-drawer
      *transloco="let t"
      width="760px"
      [heading]="t('services.edit.title', { name: name() })"
      (closing)="leave()"
    >
      <gh-edit-form [service]="service()" (saved)="done($event)" />
    </gh-drawer>
  `,
})
export class EditDrawer {
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);
  private readonly toaster = inject(Toaster);
  private readonly languages = inject(Languages);
  private readonly form = viewChild(EditForm);

  readonly service = input.required<Service>();
  readonly saved = output<Service>();
  readonly closed = output();

  protected readonly name = computed(() =>
    localText(this.service().displayName, this.languages.current(), this.service().name),
  );

  protected done(service: Service): void {
    this.toaster.success('services.done.edit', { name: this.name() });
    this.saved.emit(service);
    this.closed.emit();
  }

  protected async leave(): Promise<void> {
    if (this.form()?.store().dirty() && !(await this.agreeToDiscard())) return;
    this.closed.emit();
  }

  private agreeToDiscard(): Promise<boolean> {
    return this.confirm.ask({
      title: this.transloco.translate('services.edit.discardTitle'),
      text: this.transloco.translate('services.edit.discardText'),
      act: this.transloco.translate('services.edit.discard'),
      destructive: true,
    });
  }
}
