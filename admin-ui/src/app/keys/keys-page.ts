import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { PageHeader } from '../ui/page-header';
import { Tabs } from '../ui/tabs';

/** API keys, and how a client is connected with one. */
@Component({
  selector: 'gh-keys-page',
  imports: [RouterOutlet, TranslocoDirective, PageHeader, Tabs],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('keys.title')" [lead]="t('keys.lead')" />
      <gh-tabs [label]="t('keys.title')" [tabs]="tabs" />
      <router-outlet />
    </ng-container>
  `,
})
export default class KeysPage {
  protected readonly tabs = [
    { path: '.', text: 'keys.tab' },
    { path: 'connect', text: 'keys.connect.tab' },
  ];
}
