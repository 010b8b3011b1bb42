import { Component, computed, inject, signal } from '@angular/core';
import { llmApi, type LlmProvider } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Confirm } from '../../ui/confirm';
import { formatDuration } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { StatusChip } from '../../ui/status-chip';
import { Toaster } from '../../ui/toasts';
import { LlmStore } from './llm-store';
import { ProviderDrawer } from './provider-drawer';

/** The language model providers. */
@Component({
  selector: 'gh-llm-tab',
  imports: [TranslocoDirective, NzButtonComponent, Icon, ListState, RowMenu, StatusChip, ProviderDrawer],
  templateUrl: './llm-tab.html',
  styleUrl: '../cards.css',
})
export default class LlmTab {
  private readonly session = inject(Session);
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new LlmStore(llmApi(inject(HTTP)));
  protected readonly editing = signal<LlmProvider | 'new' | undefined>(undefined);
  protected readonly mayWrite = computed(() => this.session.may('settings:write'));
  protected readonly duration = formatDuration;

  constructor() {
    void this.store.load();
  }

  protected edit(provider: LlmProvider | 'new'): void {
    this.store.saving.reset();
    this.editing.set(provider);
  }

  protected actsFor(provider: LlmProvider): RowAct[] {
    if (!this.mayWrite()) return [];
    return [
      { id: 'edit', text: 'act.edit' },
      ...(provider.isDefault ? [] : [{ id: 'default', text: 'settings.models.makeDefault' }]),
      { id: 'delete', text: 'act.delete', bad: true },
    ];
  }

  protected act(id: string, provider: LlmProvider): void {
    if (id === 'edit') this.edit(provider);
    if (id === 'default') void this.makeDefault(provider);
    if (id === 'delete') void this.delete(provider);
  }

  protected test(provider: LlmProvider): void {
    this.store.test(provider).catch((error: unknown) => this.toaster.failure(error));
  }

  private async makeDefault(provider: LlmProvider): Promise<void> {
    try {
      await this.store.makeDefault(provider);
      this.toaster.success('settings.models.madeDefault', { name: provider.name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }

  private async delete(provider: LlmProvider): Promise<void> {
    const { name } = provider;
    const agreed = await this.confirm.ask({
      title: this.transloco.translate('settings.models.deleteTitle', { name }),
      text: this.transloco.translate('settings.models.deleteText'),
      act: this.transloco.translate('act.delete'),
      destructive: true,
    });
    if (!agreed) return;
    try {
      await this.store.remove(provider);
      this.toaster.success('settings.models.deleted', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }
}
