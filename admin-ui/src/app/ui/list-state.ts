import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { ErrorPanel } from './error-panel';
import { Icon } from './icon';
import type { Listing } from './paged-list';

/**
 * The four states of a list: loading, empty, failed, not permitted; and, as the fifth, its rows (the content).
 *
 * `[empty-act]` in the content is what to do about an empty list.
 */
@Component({
  selector: 'gh-list-state',
  imports: [TranslocoDirective, Icon, ErrorPanel],
  template: `
    <ng-container *transloco="let t">
      @switch (of().state()) {
        @case ('loading') {
          <div class="skeleton" role="status" [attr.aria-label]="t('loading')">
            @for (row of skeletonRows; track row) {
              <div class="bar" aria-hidden="true"></div>
            }
          </div>
        }
        @case ('empty') {
          <div class="empty">
            <nz-icon nzType="inbox" />
            <p class="title">{{ filtered() ? t('list.noMatch') : emptyTitle() }}</p>
            <p class="gh-muted">{{ filtered() ? t('list.noMatchHint') : emptyText() }}</p>
            <div class="act"><ng-content select="[empty-act]" /></div>
          </div>
        }
        @case ('ready') {
          @if (of().error(); as error) {
            <p class="stale" role="alert">
              {{ t('list.stale') }} {{ error.message || t('errors.' + error.code + '.message') }}
            </p>
          }
          <ng-content />
        }
        @default {
          @if (of().error(); as error) {
            <gh-error-panel [error]="error" (retry)="of().reload()" />
          }
        }
      }
    </ng-container>
  `,
  styles: `
    .skeleton {
      display: flex;
      flex-direction: column;
      gap: 18px;
      padding: var(--gh-5) var(--gh-4);
      /* Nothing for 150 ms: a fast answer should not flicker. */
      animation: appear 0s 150ms both;
    }
    .bar {
      height: 14px;
      border-radius: 4px;
      background: var(--gh-off-soft);
      animation: breathe 1.4s ease-in-out infinite;
    }
    .bar:nth-child(odd) {
      width: 86%;
    }
    @keyframes appear {
      from {
        visibility: hidden;
      }
    }
    @keyframes breathe {
      50% {
        opacity: 0.45;
      }
    }
    .empty {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: var(--gh-1);
      padding: 48px var(--gh-4);
      text-align: center;
    }
    .empty nz-icon {
      margin-bottom: var(--gh-1);
      color: var(--gh-border-strong);
      font-size: 36px;
    }
    .title {
      font-weight: 600;
    }
    .act {
      margin-top: var(--gh-3);
    }
    .act:empty {
      display: none;
    }
    .stale {
      padding: var(--gh-2) var(--gh-4);
      background: var(--gh-warn-soft);
      font-size: var(--gh-text-sm);
    }
  `,
})
export class ListState {
  readonly of = input.required<Listing>();
  /** Whether filters narrow the list: an empty one then says so instead. */
  readonly filtered = input(false);
  readonly emptyTitle = input('');
  readonly emptyText = input('');

  protected readonly skeletonRows = [0, 1, 2, 3, 4, 5];
}
