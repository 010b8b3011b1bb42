import { Component, inject, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import type { Group } from '@gatehouse/api-client';
import { Drawer } from '../../ui/drawer';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { RelativeTime } from '../../ui/relative-time';
import { SearchBox } from '../../ui/search-box';
import { Toaster } from '../../ui/toasts';
import type { GroupsStore } from './groups-store';

/** The members of a group; people are added by searching for them. */
@Component({
  selector: 'gh-members-drawer',
  imports: [TranslocoDirective, NzButtonComponent, Icon, Drawer, ListState, LoadMore, RelativeTime, SearchBox],
  template: `
    <ng-container *transloco="let t">
      <gh-drawer [heading]="t('people.groups.membersOf', { name: group().name })" (closing)="store().close()">
        <div class="gh-stack">
          @if (mayWrite()) {
            <section class="add" [attr.aria-label]="t('people.groups.addMember')">
              <h3>{{ t('people.groups.addMember') }}</h3>
              <gh-search [label]="t('people.groups.addMemberHint')" (searched)="search($event)" />
              @if (store().candidates.value(); as found) {
                <ul>
                  @for (user of found; track user.id) {
                    <li>
                      <span class="who">
                        {{ user.displayName }} <span class="gh-muted gh-small">{{ user.email }}</span>
                      </span>
                      <button nz-button nzSize="small" type="button" (click)="add(user.id)">
                        <nz-icon nzType="plus" />{{ t('act.add') }}<span class="gh-sr"> {{ user.displayName }}</span>
                      </button>
                    </li>
                  } @empty {
                    <li class="gh-muted" role="status">{{ t('people.groups.noCandidate') }}</li>
                  }
                </ul>
              }
            </section>
          }
          <section class="gh-card" [attr.aria-label]="t('people.groups.members')">
            <gh-list-state
              [of]="store().members"
              [emptyTitle]="t('people.groups.membersEmpty')"
              [emptyText]="mayWrite() ? t('people.groups.membersHint') : ''"
            >
              <ul class="members">
                @for (member of store().members.items(); track member.userId) {
                  <li>
                    <span class="who">
                      {{ member.displayName }} <span class="gh-muted gh-small">{{ member.email }}</span>
                    </span>
                    <span class="gh-muted gh-small"><gh-time [at]="member.addedAt" /></span>
                    @if (mayWrite()) {
                      <button
                        class="gh-icon-btn"
                        type="button"
                        [attr.aria-label]="t('people.groups.removeMember', { name: member.displayName })"
                        (click)="remove(member.userId)"
                      >
                        <nz-icon nzType="close" />
                      </button>
                    }
                  </li>
                }
              </ul>
              <gh-load-more [of]="store().members" />
            </gh-list-state>
          </section>
        </div>
      </gh-drawer>
    </ng-container>
  `,
  styles: `
    gh-search {
      width: 100%;
      margin-top: var(--gh-2);
    }
    li {
      display: flex;
      align-items: center;
      gap: var(--gh-3);
      min-height: 44px;
      padding: 4px var(--gh-4);
      border-bottom: 1px solid var(--gh-border);
    }
    .add ul {
      margin-top: var(--gh-2);
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
    }
    .add li:last-child,
    .members li:last-child {
      border-bottom: 0;
    }
    .who {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .who .gh-muted {
      margin-inline-start: var(--gh-1);
    }
  `,
})
export class MembersDrawer {
  private readonly toaster = inject(Toaster);

  readonly store = input.required<GroupsStore>();
  readonly group = input.required<Group>();
  readonly mayWrite = input.required<boolean>();

  private lastSearch = '';

  protected search(q: string): void {
    this.lastSearch = q;
    if (q) void this.store().findCandidates(q);
    else this.store().candidates.clear();
  }

  protected async add(userId: string): Promise<void> {
    try {
      await this.store().add(userId);
      this.search(this.lastSearch);
    } catch (error) {
      this.toaster.failure(error);
    }
  }

  protected remove(userId: string): void {
    this.store()
      .removeMember(userId)
      .catch((error: unknown) => this.toaster.failure(error));
  }
}
