import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { Role } from '@gatehouse/api-client';
import type { Permission } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Session } from '../../session/session';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import { actOf, byArea } from './permission-areas';
import type { RolesStore } from './roles-store';

const NAME = /^[a-z][a-z0-9-]{1,39}$/;

/** A role of one's own: title and permissions, of which one can give only those one holds. */
@Component({
  selector: 'gh-role-drawer',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, Drawer, FailureNote, Field],
  template: `
    <ng-container *transloco="let t">
      <gh-drawer [heading]="t(role() ? 'people.roles.edit' : 'people.roles.add')" (closing)="done.emit()">
        <form class="gh-stack" id="role-form" (ngSubmit)="save()">
          <gh-field [label]="t('people.roles.titleField')" for="role-title">
            <input
              class="gh-input"
              id="role-title"
              name="title"
              cdkFocusInitial
              required
              maxlength="80"
              [(ngModel)]="title"
            />
          </gh-field>
          @if (!role()) {
            <gh-field [label]="t('people.roles.name')" for="role-name" [hint]="t('people.roles.nameHint')">
              <input
                class="gh-input gh-mono"
                id="role-name"
                name="name"
                required
                maxlength="40"
                aria-describedby="role-name-help"
                [(ngModel)]="name"
              />
            </gh-field>
          }
          <fieldset>
            <legend>{{ t('people.roles.permissions') }}</legend>
            @for (area of areas(); track area.area) {
              <div class="area">
                <span class="gh-muted">{{ t('people.area.' + area.area) }}</span>
                <div class="boxes">
                  @for (permission of area.permissions; track permission) {
                    <label>
                      <input type="checkbox" [checked]="chosen().has(permission)" (change)="toggle(permission)" />
                      <code>{{ act(permission) }}</code>
                    </label>
                  }
                </div>
              </div>
            }
          </fieldset>
          <gh-failure [error]="store().saving.error()" />
        </form>
        <ng-container drawer-foot>
          <button nz-button type="button" (click)="done.emit()">{{ t('act.cancel') }}</button>
          <button
            nz-button
            nzType="primary"
            type="submit"
            form="role-form"
            [nzLoading]="store().saving.busy()"
            [disabled]="!complete()"
          >
            {{ t(role() ? 'act.save' : 'act.add') }}
          </button>
        </ng-container>
      </gh-drawer>
    </ng-container>
  `,
  styles: `
    legend {
      margin-bottom: var(--gh-2);
      font-weight: 500;
    }
    .area {
      display: grid;
      grid-template-columns: 110px 1fr;
      padding: 6px 0;
      border-top: 1px solid var(--gh-border);
    }
    .boxes {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gh-1) var(--gh-4);
    }
    label {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      min-height: 24px;
    }
  `,
})
export class RoleDrawer {
  private readonly toaster = inject(Toaster);
  private readonly session = inject(Session);

  readonly store = input.required<RolesStore>();
  /** The role to edit; absent: a new one. */
  readonly role = input<Role>();
  readonly done = output();

  protected readonly act = actOf;
  protected readonly title = linkedSignal(() => this.role()?.title ?? '');
  protected readonly name = linkedSignal(() => this.role()?.name ?? '');
  protected readonly chosen = linkedSignal<ReadonlySet<Permission>>(
    () => new Set(this.role()?.permissions ?? ['tools:use']),
  );
  protected readonly areas = computed(() => byArea([...this.session.permissions(), ...this.chosen()]));
  protected readonly complete = computed(
    () => !!this.title().trim() && NAME.test(this.name()) && this.chosen().size > 0,
  );

  protected toggle(permission: Permission): void {
    this.chosen.update((chosen) => {
      const next = new Set(chosen);
      if (!next.delete(permission)) next.add(permission);
      return next;
    });
  }

  protected async save(): Promise<void> {
    const draft = { name: this.name(), title: this.title().trim(), permissions: [...this.chosen()] };
    if (!(await this.store().save(draft, !!this.role()))) return;
    this.toaster.success('people.roles.saved', { name: draft.title });
    this.done.emit();
  }
}
