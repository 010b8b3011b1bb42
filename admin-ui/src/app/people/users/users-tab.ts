import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { peopleApi, type User } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { RelativeTime } from '../../ui/relative-time';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { SearchBox } from '../../ui/search-box';
import { StatusChip } from '../../ui/status-chip';
import { Toaster } from '../../ui/toasts';
import { urlFilters } from '../../ui/url-filters';
import { roleTitle } from '../role-title';
import { UserDrawer } from './user-drawer';
import { UsersStore } from './users-store';

/** The users as a list. */
@Component({
  selector: 'gh-users-tab',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    ListState,
    LoadMore,
    RelativeTime,
    RowMenu,
    SearchBox,
    StatusChip,
    UserDrawer,
  ],
  templateUrl: './users-tab.html',
})
export default class UsersTab {
  private readonly session = inject(Session);
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new UsersStore(peopleApi(inject(HTTP)));
  protected readonly filters = urlFilters({ q: '' });
  protected readonly editing = signal<User | 'new' | undefined>(undefined);
  protected readonly mayWrite = computed(() => this.session.may('users:write'));
  protected readonly myId = computed(() => this.session.me()?.id);
  protected readonly title = (name: string, translate: (key: string) => string) =>
    roleTitle(name, this.store.roles.items(), translate);

  constructor() {
    void this.store.loadChoices(this.session.may('groups:read'));
    effect(() => {
      const { q } = this.filters.value();
      void untracked(() => this.store.search(q));
    });
  }

  protected edit(user: User | 'new'): void {
    this.store.saving.reset();
    this.editing.set(user);
  }

  protected actsFor(user: User): RowAct[] {
    if (!this.mayWrite()) return [];
    return [
      ...(user.can.edit ? [{ id: 'edit', text: 'act.edit' }] : []),
      ...(user.can.edit && user.id !== this.myId()
        ? [{ id: 'lock', text: user.enabled ? 'people.users.disable' : 'people.users.enable' }]
        : []),
      ...(user.can.delete ? [{ id: 'delete', text: 'act.delete', bad: true }] : []),
    ];
  }

  protected act(id: string, user: User): void {
    if (id === 'edit') this.edit(user);
    if (id === 'lock')
      this.store.setEnabled(user, !user.enabled).catch((error: unknown) => this.toaster.failure(error));
    if (id === 'delete') void this.delete(user);
  }

  private async delete(user: User): Promise<void> {
    const name = user.displayName;
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('people.users.deleteTitle', { name }),
      text: this.transloco.translate('people.users.deleteText'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.remove(user);
      this.toaster.success('people.users.deleted', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}
