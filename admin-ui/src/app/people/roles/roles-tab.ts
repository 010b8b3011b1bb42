import { Component, computed, inject, signal } from '@angular/core';
import { peopleApi, type Role } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { Toaster } from '../../ui/toasts';
import { roleTitle } from '../role-title';
import { actOf, byArea } from './permission-areas';
import { RoleDrawer } from './role-drawer';
import { RolesStore } from './roles-store';

const ACTS: RowAct[] = [
  { id: 'edit', text: 'act.edit' },
  { id: 'delete', text: 'act.delete', bad: true },
];

/** The roles, each as the list of permissions that it is. */
@Component({
  selector: 'gh-roles-tab',
  imports: [TranslocoDirective, NzButtonComponent, Icon, ListState, RowMenu, RoleDrawer],
  template: `
    <ng-container *transloco="let t">
      <section class="gh-card" [attr.aria-label]="t('people.roles.tab')">
        <div class="gh-toolbar">
          <p class="gh-muted">{{ t('people.roles.lead') }}</p>
          @if (mayWrite()) {
            <button nz-button nzType="primary" class="gh-push" (click)="edit('new')">
              <nz-icon nzType="plus" />{{ t('people.roles.add') }}
            </button>
          }
        </div>
        <gh-list-state
          [of]="store.roles"
          [emptyTitle]="t('people.roles.emptyTitle')"
          [emptyText]="t('people.roles.emptyText')"
        >
          <ul>
            @for (role of rows(); track role.name) {
              <li>
                <div class="head">
                  <h2>{{ title(role.name, t) }}</h2>
                  <code class="gh-muted">{{ role.name }}</code>
                  @if (role.builtIn) {
                    <span class="gh-tag">{{ t('people.roles.builtIn') }}</span>
                  }
                  <span class="gh-muted gh-small">{{ t('people.roles.count', { n: role.permissions.length }) }}</span>
                </div>
                <dl>
                  @for (area of role.areas; track area.area) {
                    <div>
                      <dt>{{ t('people.area.' + area.area) }}</dt>
                      @for (permission of area.permissions; track permission) {
                        <dd>
                          <code>{{ act(permission) }}</code>
                        </dd>
                      }
                    </div>
                  }
                </dl>
                <gh-row-menu
                  [acts]="mayWrite() && !role.builtIn ? acts : []"
                  [name]="title(role.name, t)"
                  (chosen)="choose($event, role)"
                />
              </li>
            }
          </ul>
        </gh-list-state>
      </section>
      @if (editing(); as target) {
        <gh-role-drawer
          [store]="store"
          [role]="target === 'new' ? undefined : target"
          (done)="editing.set(undefined)"
        />
      }
    </ng-container>
  `,
  styles: `
    li {
      display: grid;
      grid-template-columns: 200px minmax(0, 1fr) 32px;
      gap: var(--gh-4);
      padding: var(--gh-4);
      border-bottom: 1px solid var(--gh-border);
    }
    li:last-child {
      border-bottom: 0;
    }
    .head {
      display: flex;
      flex-direction: column;
      align-items: flex-start;
      gap: 2px;
    }
    h2 {
      font-size: var(--gh-text-md);
    }
    dl {
      display: flex;
      flex-wrap: wrap;
      align-content: flex-start;
      gap: var(--gh-2);
    }
    dl div {
      display: inline-flex;
      align-items: center;
      overflow: hidden;
      border: 1px solid var(--gh-border);
      border-radius: 4px;
      font-size: var(--gh-text-xs);
      line-height: 22px;
    }
    dt {
      padding: 0 8px;
      border-inline-end: 1px solid var(--gh-border);
      background: var(--gh-surface-2);
      color: var(--gh-text-2);
    }
    dd {
      padding: 0 6px;
    }
    dd code {
      font-size: var(--gh-text-xs);
    }
    @media (max-width: 900px) {
      li {
        grid-template-columns: minmax(0, 1fr) 32px;
      }
      dl {
        grid-column: 1;
        grid-row: 2;
      }
    }
  `,
})
export default class RolesTab {
  private readonly session = inject(Session);
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new RolesStore(peopleApi(inject(HTTP)));
  protected readonly editing = signal<Role | 'new' | undefined>(undefined);
  protected readonly mayWrite = computed(() => this.session.may('roles:write'));
  protected readonly rows = computed(() =>
    this.store.roles.items().map((role) => ({ ...role, areas: byArea(role.permissions) })),
  );
  protected readonly acts = ACTS;
  protected readonly act = actOf;
  protected readonly title = (name: string, translate: (key: string) => string) =>
    roleTitle(name, this.store.roles.items(), translate);

  constructor() {
    void this.store.load();
  }

  protected edit(role: Role | 'new'): void {
    this.store.saving.reset();
    this.editing.set(role);
  }

  protected choose(id: string, role: Role): void {
    if (id === 'edit') this.edit(role);
    if (id === 'delete') void this.delete(role);
  }

  private async delete(role: Role): Promise<void> {
    const name = role.title;
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('people.roles.deleteTitle', { name }),
      text: this.transloco.translate('people.roles.deleteText'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.remove(role);
      this.toaster.success('people.roles.deleted', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}
