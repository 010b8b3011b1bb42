import { Component, computed, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Session } from '../session/session';
import { PageHeader } from '../ui/page-header';
import { Tabs } from '../ui/tabs';
import { visibleTabs } from './settings-tabs';

/** Language models, embedding, limits, and one's own account. */
@Component({
  selector: 'gh-settings-page',
  imports: [RouterOutlet, TranslocoDirective, PageHeader, Tabs],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('settings.title')" />
      <gh-tabs [label]="t('settings.title')" [tabs]="tabs()" />
      <router-outlet />
    </ng-container>
  `,
})
export default class SettingsPage {
  private readonly session = inject(Session);

  protected readonly tabs = computed(() => visibleTabs(this.session.permissions()));
}
