import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { peopleApi, type Group } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { CountPipe } from '../../ui/format-pipes';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { RelativeTime } from '../../ui/relative-time';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { SearchBox } from '../../ui/search-box';
import { Toaster } from '../../ui/toasts';
import { urlFilters } from '../../ui/url-filters';
import { GroupDrawer } from './group-drawer';
import { GroupsStore } from './groups-store';
import { MembersDrawer } from './members-drawer';

/** The groups as a list; a group's name opens its members. */
@Component({
  selector: 'gh-groups-tab',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    CountPipe,
    ListState,
    LoadMore,
    RelativeTime,
    RowMenu,
    SearchBox,
    GroupDrawer,
    MembersDrawer,
  ],
  templateUrl: './groups-tab.html',
})
export default class GroupsTab {
  private readonly session = inject(Session);
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new GroupsStore(peopleApi(inject(HTTP)));
  protected readonly filters = urlFilters({ q: '' });
  protected readonly editing = signal<Group | 'new' | undefined>(undefined);
  protected readonly mayWrite = computed(() => this.session.may('groups:write'));
  protected readonly acts = computed<RowAct[]>(() =>
    this.mayWrite()
      ? [
          { id: 'edit', text: 'act.edit' },
          { id: 'delete', text: 'act.delete', bad: true },
        ]
      : [],
  );

  constructor() {
    effect(() => {
      const { q } = this.filters.value();
      void untracked(() => this.store.search(q));
    });
  }

  protected edit(group: Group | 'new'): void {
    this.store.saving.reset();
    this.editing.set(group);
  }

  protected act(id: string, group: Group): void {
    if (id === 'edit') this.edit(group);
    if (id === 'delete') void this.delete(group);
  }

  private async delete(group: Group): Promise<void> {
    const { name } = group;
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('people.groups.deleteTitle', { name }),
      text: this.transloco.translate('people.groups.deleteText', { n: group.memberCount }),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.remove(group);
      this.toaster.success('people.groups.deleted', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}
