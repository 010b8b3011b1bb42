import { Component, inject, input, output, signal } from '@angular/core';
import type { GrantDraft, GrantEffect, SubjectKind, Tool } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Field } from '../../ui/field';
import { PeopleOptions } from './people-options';
import { PersonInput } from './person-input';

/** One new grant: who, what, allow or forbid. */
@Component({
  selector: 'gh-grant-form',
  imports: [TranslocoDirective, NzButtonComponent, Field, PersonInput],
  template: `
    <form *transloco="let t" (submit)="$event.preventDefault(); send()">
      <gh-field for="gr-effect" [label]="t('services.access.effect')">
        <select class="gh-select" id="gr-effect" (change)="effect.set($any($event.target).value)">
          @for (one of effects; track one) {
            <option [value]="one" [selected]="effect() === one">{{ t('services.effect.' + one) }}</option>
          }
        </select>
      </gh-field>
      <gh-field for="gr-kind" [label]="t('services.access.who')">
        <select class="gh-select" id="gr-kind" (change)="kind.set($any($event.target).value)">
          @for (one of kinds; track one) {
            <option [value]="one" [selected]="kind() === one">{{ t('services.subject.' + one) }}</option>
          }
        </select>
      </gh-field>
      @if (kind() === 'group') {
        <gh-field for="gr-group" [label]="t('services.subject.group')" [error]="error()">
          <select
            class="gh-select"
            id="gr-group"
            aria-describedby="gr-group-help"
            (change)="groupId.set($any($event.target).value)"
          >
            <option value="">{{ t('services.form.choose') }}</option>
            @for (group of options.groups.value() ?? []; track group.id) {
              <option [value]="group.id" [selected]="groupId() === group.id">{{ group.name }}</option>
            }
          </select>
        </gh-field>
      } @else if (kind() === 'user') {
        <gh-field for="gr-user" [label]="t('services.subject.user')" [error]="error()">
          <gh-person-input for="gr-user" [(email)]="email" />
        </gh-field>
      }
      <gh-field for="gr-tool" [label]="t('services.access.what')">
        <select class="gh-select" id="gr-tool" (change)="tool.set($any($event.target).value)">
          <option value="">{{ t('services.access.whole') }}</option>
          @for (one of tools(); track one.name) {
            <option [value]="one.name" [selected]="tool() === one.name">{{ one.title || one.name }}</option>
          }
        </select>
      </gh-field>
      <button nz-button nzType="primary" type="submit" [disabled]="busy()">{{ t('act.add') }}</button>
    </form>
  `,
  styles: `
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--gh-3);
    }
    gh-field {
      flex: 1 1 130px;
      min-width: 0;
    }
    button {
      margin-bottom: var(--gh-1);
    }
    .gh-select {
      width: 100%;
    }
  `,
})
export class GrantForm {
  private readonly transloco = inject(TranslocoService);

  readonly serviceId = input.required<string>();
  readonly tools = input.required<readonly Tool[]>();
  readonly busy = input(false);
  readonly granted = output<GrantDraft>();

  protected readonly options = inject(PeopleOptions);
  protected readonly effects: GrantEffect[] = ['allow', 'deny'];
  protected readonly kinds: SubjectKind[] = ['group', 'user', 'everyone'];
  protected readonly effect = signal<GrantEffect>('allow');
  protected readonly kind = signal<SubjectKind>('group');
  protected readonly groupId = signal('');
  protected readonly email = signal('');
  protected readonly tool = signal('');
  protected readonly error = signal('');

  constructor() {
    void this.options.loadGroups();
  }

  protected async send(): Promise<void> {
    this.error.set('');
    const id = await this.subjectId();
    if (id === '') return this.error.set(this.transloco.translate('services.access.chooseWho'));
    const tool = this.tool();
    this.granted.emit({
      subject: { kind: this.kind(), ...(id === undefined ? {} : { id }) },
      serviceId: this.serviceId(),
      ...(tool ? { tool } : {}),
      effect: this.effect(),
    });
  }

  /** Id of whom it is for; undefined for everyone, '' when nobody was chosen or found. */
  private async subjectId(): Promise<string | undefined> {
    if (this.kind() === 'everyone') return undefined;
    if (this.kind() === 'group') return this.groupId();
    return this.email() ? ((await this.options.byEmail(this.email()))?.id ?? '') : '';
  }
}
