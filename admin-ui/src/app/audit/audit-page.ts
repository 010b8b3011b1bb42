import { Component, computed, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Session } from '../session/session';
import { PageHeader } from '../ui/page-header';
import { Tabs } from '../ui/tabs';

/** What happened: calls, and for auditors the administration trail. */
@Component({
  selector: 'gh-audit-page',
  imports: [RouterOutlet, TranslocoDirective, PageHeader, Tabs],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('audit.title')" [lead]="t(all() ? 'audit.lead' : 'audit.leadOwn')" />
      @if (all()) {
        <gh-tabs [label]="t('audit.title')" [tabs]="tabs" />
      }
      <router-outlet />
    </ng-container>
  `,
})
export default class AuditPage {
  private readonly session = inject(Session);

  protected readonly all = computed(() => this.session.may('audit:read'));
  protected readonly tabs = [
    { path: '.', text: 'audit.calls.tab' },
    { path: 'trail', text: 'audit.trail.tab' },
  ];
}
