import { Component, inject, input, linkedSignal, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { Group } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import type { GroupsStore } from './groups-store';

/** Name and description of a group. */
@Component({
  selector: 'gh-group-drawer',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, Drawer, FailureNote, Field],
  template: `
    <ng-container *transloco="let t">
      <gh-drawer [heading]="t(group() ? 'people.groups.edit' : 'people.groups.add')" (closing)="done.emit()">
        <form class="gh-stack" id="group-form" (ngSubmit)="save()">
          <gh-field [label]="t('people.groups.name')" for="group-name">
            <input
              class="gh-input"
              id="group-name"
              name="name"
              cdkFocusInitial
              required
              maxlength="120"
              [(ngModel)]="name"
            />
          </gh-field>
          <gh-field [label]="t('people.groups.description')" for="group-description" [optional]="t('optional')">
            <textarea
              class="gh-input"
              id="group-description"
              name="description"
              rows="3"
              maxlength="500"
              [(ngModel)]="description"
            ></textarea>
          </gh-field>
          <gh-failure [error]="store().saving.error()" />
        </form>
        <ng-container drawer-foot>
          <button nz-button type="button" (click)="done.emit()">{{ t('act.cancel') }}</button>
          <button
            nz-button
            nzType="primary"
            type="submit"
            form="group-form"
            [nzLoading]="store().saving.busy()"
            [disabled]="!name().trim()"
          >
            {{ t(group() ? 'act.save' : 'act.add') }}
          </button>
        </ng-container>
      </gh-drawer>
    </ng-container>
  `,
})
export class GroupDrawer {
  private readonly toaster = inject(Toaster);

  readonly store = input.required<GroupsStore>();
  /** The group to edit; absent: a new one. */
  readonly group = input<Group>();
  readonly done = output();

  protected readonly name = linkedSignal(() => this.group()?.name ?? '');
  protected readonly description = linkedSignal(() => this.group()?.description ?? '');

  protected async save(): Promise<void> {
    const name = this.name().trim();
    if (!(await this.store().save(name, this.description().trim(), this.group()))) return;
    this.toaster.success('people.groups.saved', { name });
    this.done.emit();
  }
}
