import { Component, input } from '@angular/core';
import { RouterLink, RouterLinkActive, type IsActiveMatchOptions } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';

export interface Tab {
  /** Relative to the page's own route. */
  path: string;
  /** Key of its word. */
  text: string;
}

const matching = (paths: 'exact' | 'subset'): IsActiveMatchOptions => ({
  paths,
  queryParams: 'ignored',
  fragment: 'ignored',
  matrixParams: 'ignored',
});

/** The parts of a page, each with its own address; hence links, and no tab roles. */
@Component({
  selector: 'gh-tabs',
  imports: [RouterLink, RouterLinkActive, TranslocoDirective],
  template: `
    <nav class="gh-tabs" [attr.aria-label]="label()" *transloco="let t">
      @for (tab of tabs(); track tab.path) {
        <a
          [routerLink]="tab.path"
          routerLinkActive
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="tab.path === '.' ? exactly : within"
          >{{ t(tab.text) }}</a
        >
      }
    </nav>
  `,
})
export class Tabs {
  /** A page's filters do not make it another tab. */
  protected readonly exactly = matching('exact');
  protected readonly within = matching('subset');

  readonly label = input.required<string>();
  readonly tabs = input.required<readonly Tab[]>();
}
