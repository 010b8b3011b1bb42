import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Session } from '../session/session';
import { Brand } from './brand';
import { visibleEntries } from './navigation';
import { Icon } from '../ui/icon';

/** The left rail: the product's mark and the pages one may open; icons alone in a narrow window. */
@Component({
  selector: 'gh-rail',
  imports: [RouterLink, RouterLinkActive, TranslocoDirective, Icon, Brand],
  template: `
    <ng-container *transloco="let t">
      <nav [attr.aria-label]="t('nav.label')">
        <a class="brand" routerLink="/" aria-label="Gatehouse"><gh-brand /><span>Gatehouse</span></a>
        <ul>
          @for (entry of entries(); track entry.path) {
            <li>
              <a
                [routerLink]="entry.path"
                routerLinkActive="active"
                ariaCurrentWhenActive="page"
                [routerLinkActiveOptions]="{ exact: entry.path === '/' }"
                [attr.title]="t(entry.text)"
              >
                <nz-icon [nzType]="entry.icon" /><span>{{ t(entry.text) }}</span>
              </a>
            </li>
          }
        </ul>
      </nav>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      width: var(--gh-rail);
      border-inline-end: 1px solid var(--gh-border);
      background: var(--gh-surface);
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 10px;
      height: var(--gh-bar);
      padding: 0 var(--gh-5);
      color: var(--gh-text);
      font-size: var(--gh-text-lg);
      font-weight: 650;
      letter-spacing: 0.1px;
      text-decoration: none;
    }
    ul {
      display: flex;
      flex-direction: column;
      gap: 2px;
      padding: var(--gh-2) var(--gh-3);
    }
    li a {
      display: flex;
      align-items: center;
      gap: 10px;
      height: 36px;
      padding: 0 10px;
      border-radius: var(--gh-radius);
      color: var(--gh-text-2);
      text-decoration: none;
    }
    li a:hover {
      background: var(--gh-hover);
      color: var(--gh-text);
    }
    li a.active {
      background: var(--gh-primary-soft);
      color: var(--gh-primary);
      font-weight: 600;
    }
    nz-icon {
      font-size: 16px;
    }
    @media (max-width: 960px) {
      :host {
        width: 60px;
      }
      .brand span,
      li span {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      .brand {
        padding: 0 18px;
      }
      li a {
        justify-content: center;
      }
    }
  `,
})
export class Rail {
  private readonly session = inject(Session);

  protected readonly entries = computed(() => visibleEntries(this.session.permissions()));
}
