import { Component, computed, inject } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Session } from '../session/session';
import { PageHeader } from '../ui/page-header';
import { Tabs } from '../ui/tabs';

/** Users, groups and roles. */
@Component({
  selector: 'gh-people-page',
  imports: [RouterOutlet, TranslocoDirective, PageHeader, Tabs],
  template: `
    <ng-container *transloco="let t">
      <gh-page-header [heading]="t('people.title')" [lead]="t('people.lead')" />
      <gh-tabs [label]="t('people.title')" [tabs]="tabs()" />
      <router-outlet />
    </ng-container>
  `,
})
export default class PeoplePage {
  private readonly session = inject(Session);

  protected readonly tabs = computed(() => [
    { path: 'users', text: 'people.users.tab' },
    ...(this.session.may('groups:read') ? [{ path: 'groups', text: 'people.groups.tab' }] : []),
    { path: 'roles', text: 'people.roles.tab' },
  ]);
}
