import { Component, computed, inject, input, linkedSignal, output } from '@angular/core';
import { FormsModule } from '@angular/forms';
import type { User } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { NzSelectModule } from 'ng-zorro-antd/select';
import { PASSWORD_LENGTH } from '../../session/password';
import { SelectLabel } from '../../ui/a11y/select-label';
import { Drawer } from '../../ui/drawer';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';
import { roleTitle } from '../role-title';
import { EMPTY_USER, changeOf, draftOf, formOf, type UserForm } from './user-draft';
import type { UsersStore } from './users-store';

/** Adding a user, or editing one. */
@Component({
  selector: 'gh-user-drawer',
  imports: [
    FormsModule,
    TranslocoDirective,
    NzButtonComponent,
    NzSelectModule,
    SelectLabel,
    Drawer,
    FailureNote,
    Field,
  ],
  template: `
    <ng-container *transloco="let t">
      <gh-drawer [heading]="t(user() ? 'people.users.edit' : 'people.users.add')" (closing)="done.emit()">
        <form class="gh-stack" id="user-form" (ngSubmit)="save()">
          <gh-field [label]="t('people.users.name')" for="user-name">
            <input
              class="gh-input"
              id="user-name"
              name="name"
              cdkFocusInitial
              required
              maxlength="120"
              [ngModel]="form().displayName"
              (ngModelChange)="set({ displayName: $event })"
            />
          </gh-field>
          <gh-field [label]="t('people.users.email')" for="user-email" [error]="fieldError('email')">
            <input
              class="gh-input"
              id="user-email"
              name="email"
              type="email"
              autocomplete="off"
              required
              aria-describedby="user-email-help"
              [attr.aria-invalid]="!!fieldError('email')"
              [ngModel]="form().email"
              (ngModelChange)="set({ email: $event })"
            />
          </gh-field>
          <gh-field
            for="user-password"
            [label]="t(user() ? 'people.users.newPassword' : 'people.users.password')"
            [optional]="t('optional')"
            [hint]="t(user() ? 'people.users.newPasswordHint' : 'people.users.passwordHint', { n: passwordLength })"
            [error]="fieldError('password')"
          >
            <input
              class="gh-input"
              id="user-password"
              name="password"
              type="password"
              autocomplete="new-password"
              aria-describedby="user-password-help"
              [ngModel]="form().password"
              (ngModelChange)="set({ password: $event })"
            />
          </gh-field>
          <gh-field
            [label]="t('people.users.roles')"
            for="user-roles"
            [hint]="t('people.users.rolesHint')"
            [error]="fieldError('roles')"
          >
            <nz-select
              nzMode="multiple"
              nzId="user-roles"
              name="roles"
              [ghLabel]="t('people.users.roles')"
              [ngModel]="form().roles"
              (ngModelChange)="set({ roles: $event })"
            >
              @for (role of store().roles.items(); track role.name) {
                <nz-option [nzValue]="role.name" [nzLabel]="title(role.name, t)" />
              }
            </nz-select>
          </gh-field>
          @if (!user() && store().groups.items().length) {
            <gh-field
              for="user-groups"
              [label]="t('people.users.groups')"
              [optional]="t('optional')"
              [hint]="t('people.users.groupsHint')"
            >
              <nz-select
                nzMode="multiple"
                nzId="user-groups"
                name="groups"
                [ghLabel]="t('people.users.groups')"
                [ngModel]="form().groupIds"
                (ngModelChange)="set({ groupIds: $event })"
              >
                @for (group of store().groups.items(); track group.id) {
                  <nz-option [nzValue]="group.id" [nzLabel]="group.name" />
                }
              </nz-select>
            </gh-field>
          }
          <gh-field [label]="t('people.users.language')" for="user-language">
            <select
              class="gh-select"
              id="user-language"
              name="language"
              [ngModel]="form().language"
              (ngModelChange)="set({ language: $event })"
            >
              @if (!user()?.language) {
                <option value="">{{ t('people.users.languageNone') }}</option>
              }
              <option value="zh" lang="zh-CN">中文</option>
              <option value="en" lang="en">English</option>
            </select>
          </gh-field>
          <gh-failure [error]="store().saving.error()" />
        </form>
        <ng-container drawer-foot>
          <button nz-button type="button" (click)="done.emit()">{{ t('act.cancel') }}</button>
          <button
            nz-button
            nzType="primary"
            type="submit"
            form="user-form"
            [nzLoading]="store().saving.busy()"
            [disabled]="!complete()"
          >
            {{ t(user() ? 'act.save' : 'act.add') }}
          </button>
        </ng-container>
      </gh-drawer>
    </ng-container>
  `,
})
export class UserDrawer {
  private readonly toaster = inject(Toaster);

  readonly store = input.required<UsersStore>();
  /** The user to edit; absent: a new one. */
  readonly user = input<User>();
  /** Saved or given up. */
  readonly done = output();

  protected readonly passwordLength = PASSWORD_LENGTH;
  protected readonly title = (name: string, translate: (key: string) => string) =>
    roleTitle(name, this.store().roles.items(), translate);
  protected readonly form = linkedSignal<UserForm>(() => {
    const user = this.user();
    return user ? formOf(user) : EMPTY_USER;
  });
  protected readonly complete = computed(() => {
    const { displayName, email, password } = this.form();
    return !!displayName.trim() && email.includes('@') && (!password || password.length >= PASSWORD_LENGTH);
  });

  protected set(change: Partial<UserForm>): void {
    this.form.update((form) => ({ ...form, ...change }));
  }

  protected fieldError(path: string): string {
    return (
      this.store()
        .saving.error()
        ?.fields.find((field) => field.path === path)?.message ?? ''
    );
  }

  protected async save(): Promise<void> {
    const user = this.user();
    const form = this.form();
    const saved = user
      ? await this.store().change(user.id, changeOf(form, user))
      : await this.store().create(draftOf(form));
    if (!saved) return;
    this.toaster.success(user ? 'people.users.changed' : 'people.users.created', { name: form.displayName });
    this.done.emit();
  }
}
