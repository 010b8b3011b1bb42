import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { EmbedApp } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import type { EmbedStore } from './embed-store';
import { firstBadOrigin, originsOf } from './origins';

/** Name and allowed pages of an app. */
@Component({
  selector: 'gh-app-drawer',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, Drawer, FailureNote, Field],
  template: `
    <ng-container *transloco="let t">
      <gh-drawer [heading]="t(app() ? 'settings.embed.edit' : 'settings.embed.add')" (closing)="done.emit()">
        <form class="gh-stack" id="app-form" (ngSubmit)="save()">
          <gh-field [label]="t('settings.embed.name')" for="app-name">
            <input
              class="gh-input"
              id="app-name"
              name="name"
              cdkFocusInitial
              required
              maxlength="80"
              [(ngModel)]="name"
            />
          </gh-field>
          <gh-field
            [label]="t('settings.embed.origins')"
            for="app-origins"
            [hint]="t('settings.embed.originsHint')"
            [error]="bad() ? t('settings.embed.originBad', { origin: bad() }) : ''"
          >
            <textarea
              class="gh-input gh-mono"
              id="app-origins"
              name="origins"
              rows="4"
              required
              aria-describedby="app-origins-help"
              [attr.aria-invalid]="!!bad()"
              [(ngModel)]="origins"
            ></textarea>
          </gh-field>
          <div>
            <label class="check">
              <input type="checkbox" name="createUsers" aria-describedby="app-create-help" [(ngModel)]="createUsers" />
              {{ t('settings.embed.createUsers') }}
            </label>
            <p class="gh-muted gh-small" id="app-create-help">{{ t('settings.embed.createUsersHint') }}</p>
          </div>
          <gh-failure [error]="store().saving.error()" />
        </form>
        <ng-container drawer-foot>
          <button nz-button type="button" (click)="done.emit()">{{ t('act.cancel') }}</button>
          <button
            nz-button
            nzType="primary"
            type="submit"
            form="app-form"
            [nzLoading]="store().saving.busy()"
            [disabled]="!complete()"
          >
            {{ t(app() ? 'act.save' : 'act.add') }}
          </button>
        </ng-container>
      </gh-drawer>
    </ng-container>
  `,
  styles: `
    .check {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
    }
  `,
})
export class AppDrawer {
  private readonly toaster = inject(Toaster);

  readonly store = input.required<EmbedStore>();
  /** The app to edit; absent: a new one. */
  readonly app = input<EmbedApp>();
  readonly done = output();

  protected readonly name = linkedSignal(() => this.app()?.name ?? '');
  protected readonly origins = linkedSignal(() => this.app()?.allowedOrigins.join('\n') ?? '');
  protected readonly createUsers = linkedSignal(() => this.app()?.createUsers ?? false);
  protected readonly bad = computed(() => firstBadOrigin(originsOf(this.origins())));
  protected readonly complete = computed(
    () => !!this.name().trim() && originsOf(this.origins()).length > 0 && !this.bad(),
  );

  protected async save(): Promise<void> {
    const name = this.name().trim();
    const draft = { name, allowedOrigins: originsOf(this.origins()), createUsers: this.createUsers() };
    if (!(await this.store().save(draft, this.app()))) return;
    this.toaster.success('settings.embed.saved', { name });
    this.done.emit();
  }
}
