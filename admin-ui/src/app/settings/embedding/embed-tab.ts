import { Component, inject, signal } from '@angular/core';
import { embedApi, type EmbedApp } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Confirm, type Question } from '../../ui/confirm';
import { Drawer } from '../../ui/drawer';
import { Icon } from '../../ui/icon';
import { ListState } from '../../ui/list-state';
import { RelativeTime } from '../../ui/relative-time';
import { RowMenu, type RowAct } from '../../ui/row-menu';
import { SecretOnce } from '../../ui/secret-once';
import { Toaster } from '../../ui/toasts';
import { AppDrawer } from './app-drawer';
import { EmbedSnippet } from './embed-snippet';
import { EmbedStore } from './embed-store';

const ACTS: RowAct[] = [
  { id: 'edit', text: 'act.edit' },
  { id: 'rotate', text: 'settings.embed.rotate' },
  { id: 'delete', text: 'act.delete', bad: true },
];

/** The applications that embed the chat. */
@Component({
  selector: 'gh-embed-tab',
  imports: [
    TranslocoDirective,
    NzButtonComponent,
    Icon,
    AppDrawer,
    Drawer,
    EmbedSnippet,
    ListState,
    RelativeTime,
    RowMenu,
    SecretOnce,
  ],
  templateUrl: './embed-tab.html',
  styleUrl: '../cards.css',
})
export default class EmbedTab {
  private readonly confirm = inject(Confirm);
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = new EmbedStore(embedApi(inject(HTTP)));
  protected readonly editing = signal<EmbedApp | 'new' | undefined>(undefined);
  protected readonly explaining = signal<EmbedApp | undefined>(undefined);
  protected readonly acts = ACTS;

  constructor() {
    void this.store.load();
  }

  protected edit(app: EmbedApp | 'new'): void {
    this.store.saving.reset();
    this.editing.set(app);
  }

  protected act(id: string, app: EmbedApp): void {
    if (id === 'edit') this.edit(app);
    if (id === 'rotate') void this.rotate(app);
    if (id === 'delete') void this.delete(app);
  }

  private async rotate(app: EmbedApp): Promise<void> {
    if (!(await this.confirm.ask(this.question('rotate', 'settings.embed.rotate', app.name)))) return;
    this.store.rotate(app).catch((error: unknown) => this.toaster.failure(error));
  }

  private async delete(app: EmbedApp): Promise<void> {
    const { name } = app;
    if (!(await this.confirm.ask(this.question('delete', 'act.delete', name)))) return;
    try {
      await this.store.remove(app);
      this.toaster.success('settings.embed.deleted', { name });
    } catch (error) {
      this.toaster.failure(error);
    }
  }

  private question(deed: 'rotate' | 'delete', act: string, name: string): Question {
    return {
      title: this.transloco.translate(`settings.embed.${deed}Title`, { name }),
      text: this.transloco.translate(`settings.embed.${deed}Text`),
      act: this.transloco.translate(act),
      destructive: true,
    };
  }
}
