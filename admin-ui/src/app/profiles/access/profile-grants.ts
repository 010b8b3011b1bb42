import { Component, inject, input, output, signal } from '@angular/core';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { PeopleOptions } from '../../services/access/people-options';
import { PersonInput } from '../../services/access/person-input';
import { Field } from '../../ui/field';
import { Icon } from '../../ui/icon';
import { StatusChip } from '../../ui/status-chip';
import type { GrantForm } from '../form/profile-form';

/** Who may use the profile; kept with the rest of the form until it is saved. */
@Component({
  selector: 'gh-profile-grants',
  imports: [TranslocoDirective, NzButtonComponent, Field, Icon, PersonInput, StatusChip],
  providers: [PeopleOptions],
  templateUrl: './profile-grants.html',
  styles: `
    .list li {
      display: flex;
      align-items: center;
      gap: var(--gh-3);
      min-height: 40px;
      border-bottom: 1px solid var(--gh-border);
    }
    .list button {
      margin-inline-start: auto;
    }
    .list span {
      overflow-wrap: anywhere;
    }
    .new {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--gh-3);
    }
    .new gh-field {
      flex: 1 1 130px;
      min-width: 0;
    }
    .gh-select {
      width: 100%;
    }
    .new button {
      margin-bottom: var(--gh-1);
    }
  `,
})
export class ProfileGrants {
  private readonly transloco = inject(TranslocoService);

  readonly grants = input.required<readonly GrantForm[]>();
  readonly changed = output<readonly GrantForm[]>();

  protected readonly options = inject(PeopleOptions);
  protected readonly effects = ['allow', 'deny'] as const;
  protected readonly kinds = ['group', 'user', 'everyone'] as const;
  protected readonly effect = signal<GrantForm['effect']>('allow');
  protected readonly kind = signal<GrantForm['kind']>('group');
  protected readonly groupId = signal('');
  protected readonly email = signal('');
  protected readonly error = signal('');

  constructor() {
    void this.options.loadGroups();
  }

  protected nameOf({ kind, name }: GrantForm): string {
    return kind === 'everyone' ? this.transloco.translate('profiles.access.everyone') : name;
  }

  protected async add(): Promise<void> {
    this.error.set('');
    const subject = await this.subject();
    if (!subject) return this.error.set(this.transloco.translate('profiles.access.unknown'));
    const grant: GrantForm = { kind: this.kind(), ...subject, effect: this.effect() };
    if (this.grants().some((each) => isSame(each, grant)))
      return this.error.set(this.transloco.translate('profiles.access.twice'));
    this.changed.emit([...this.grants(), grant]);
  }

  protected remove(grant: GrantForm): void {
    this.changed.emit(this.grants().filter((each) => each !== grant));
  }

  /** Undefined when nobody was chosen or found. */
  private async subject(): Promise<{ id: string; name: string } | undefined> {
    if (this.kind() === 'everyone') return { id: '', name: '' };
    if (this.kind() === 'group') return this.chosenGroup();
    const user = this.email() ? await this.options.byEmail(this.email()) : undefined;
    return user && { id: user.id, name: user.email };
  }

  private chosenGroup(): { id: string; name: string } | undefined {
    const group = this.options.groups.value()?.find(({ id }) => id === this.groupId());
    return group && { id: group.id, name: group.name };
  }
}

const isSame = (a: GrantForm, b: GrantForm): boolean => a.kind === b.kind && a.id === b.id && a.effect === b.effect;
