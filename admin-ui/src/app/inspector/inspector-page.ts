import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { PageHeader } from '../ui/page-header';
import { Tabs } from '../ui/tabs';

/** What passes between clients, Gatehouse and services, and requests by hand. */
@Component({
  selector: 'gh-inspector-page',
  imports: [RouterOutlet, TranslocoDirective, PageHeader, Tabs],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('inspector.title')" [lead]="t('inspector.lead')" />
      <gh-tabs [label]="t('inspector.title')" [tabs]="tabs" />
      <router-outlet />
    </ng-container>
  `,
})
export default class InspectorPage {
  protected readonly tabs = [
    { path: '.', text: 'inspector.clients.tab' },
    { path: 'request', text: 'inspector.request.tab' },
  ];
}
