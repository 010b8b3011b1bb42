import { Component, computed, inject, signal } from '@angular/core';
import { limitsApi, type Limit, type LimitSetting } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { CountPipe } from '../../ui/format-pipes';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { LoadMore } from '../../ui/load-more';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { Toaster } from '../../ui/toasts';
import { EffectivePanel } from './effective-panel';
import { LimitDrawer } from './limit-drawer';
import { LIMIT_NAMES, type LimitName } from './limit-form';
import { LimitsStore } from './limits-store';

/** What limits calls: the defaults, the rules that change them, and what comes of both for one person. */
@Component({
  selector: 'gh-limits-tab',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    CountPipe,
    Icon,
    ListState,
    LoadMore,
    RowMenu,
    EffectivePanel,
    LimitDrawer,
  ],
  templateUrl: './limits-tab.html',
  styles: `
    gh-effective-limits {
      display: block;
      margin-top: var(--gh-5);
    }
  `,
})
export default class LimitsTab {
  private readonly session = inject(Session);
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new LimitsStore(limitsApi(inject(HTTP)));
  protected readonly editing = signal<Limit | 'new' | undefined>(undefined);
  protected readonly mayWrite = computed(() => this.session.may('limits:write'));
  protected readonly names = LIMIT_NAMES;
  protected readonly sharers = ['caller', 'service'] as const;

  constructor() {
    void this.store.load();
  }

  protected settingOf(settings: readonly LimitSetting[], name: LimitName): LimitSetting | undefined {
    return settings.find((setting) => setting.name === name);
  }

  /** Of a rate and a quota; no place and no line are numbers. */
  protected isLifted(rule: Limit, name: LimitName): boolean {
    return rule[name] === 0 && (name === 'ratePerMinute' || name === 'dailyQuota');
  }

  protected edit(rule: Limit | 'new'): void {
    this.store.saving.reset();
    this.editing.set(rule);
  }

  protected actsFor(): RowAct[] {
    if (!this.mayWrite()) return [];
    return [
      { id: 'edit', text: 'act.edit' },
      { id: 'delete', text: 'act.delete', bad: true },
    ];
  }

  protected act(id: string, rule: Limit): void {
    if (id === 'edit') this.edit(rule);
    if (id === 'delete') void this.delete(rule);
  }

  protected nameOf({ subject }: Limit): string {
    return subject.name || this.transloco.translate(`settings.limits.kinds.${subject.kind}`);
  }

  private async delete(rule: Limit): Promise<void> {
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('settings.limits.deleteTitle', { name: this.nameOf(rule) }),
      text: this.transloco.translate('settings.limits.deleteText'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.remove(rule);
      this.toaster.success('settings.limits.deleted');
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}
