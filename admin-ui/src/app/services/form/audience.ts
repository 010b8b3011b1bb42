import { Component, inject, input, output } from '@angular/core';
import { peopleApi, type Group } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Remote } from '../../ui/remote';
import type { Audience } from './form-values';

/** Who may use a new service: only its creator, everyone, or some groups. */
export interface AudienceChoice {
  kind: Audience;
  groupIds: readonly string[];
}

@Component({
  selector: 'gh-audience',
  imports: [TranslocoDirective],
  template: `
    <fieldset *transloco="let t">
      <legend>{{ t('services.audience.label') }}</legend>
      @for (kind of kinds; track kind) {
        <label class="line">
          <input type="radio" name="audience" [checked]="choice().kind === kind" (change)="choose(kind)" />
          {{ t('services.audience.' + kind) }}
          <span class="gh-muted gh-small">{{ t('services.audience.' + kind + 'Hint') }}</span>
        </label>
      }
      @if (choice().kind === 'groups') {
        <div class="groups" role="group" [attr.aria-label]="t('services.audience.groups')">
          @for (group of groups.value() ?? []; track group.id) {
            <label class="line">
              <input type="checkbox" [checked]="choice().groupIds.includes(group.id)" (change)="toggle(group.id)" />
              {{ group.name }}
              <span class="gh-muted gh-small">{{ t('services.audience.members', { n: group.memberCount }) }}</span>
            </label>
          } @empty {
            <p class="gh-muted gh-small">{{ t(groups.busy() ? 'loading' : 'services.audience.noGroups') }}</p>
          }
        </div>
      }
    </fieldset>
  `,
  styles: `
    legend {
      width: auto;
      margin: 0 0 var(--gh-1);
      padding: 0;
      border: 0;
      color: var(--gh-text);
      font-size: inherit;
      font-weight: 500;
      line-height: inherit;
    }
    .line {
      display: flex;
      align-items: baseline;
      gap: var(--gh-2);
      padding: 2px 0;
    }
    .groups {
      margin: var(--gh-1) 0 0 var(--gh-6);
    }
  `,
})
export class AudienceField {
  private readonly people = peopleApi(inject(HTTP));
  private readonly session = inject(Session);

  readonly choice = input.required<AudienceChoice>();
  readonly changed = output<AudienceChoice>();

  protected readonly groups = new Remote<Group[]>();
  protected readonly kinds: Audience[] = this.session.may('groups:read')
    ? ['me', 'everyone', 'groups']
    : ['me', 'everyone'];

  protected choose(kind: Audience): void {
    this.changed.emit({ ...this.choice(), kind });
    if (kind === 'groups' && !this.groups.value())
      void this.groups.load(async (signal) => (await this.people.groups({ limit: 200 }, signal)).items);
  }

  protected toggle(id: string): void {
    const { kind, groupIds } = this.choice();
    const has = groupIds.includes(id);
    this.changed.emit({ kind, groupIds: has ? groupIds.filter((one) => one !== id) : [...groupIds, id] });
  }
}
