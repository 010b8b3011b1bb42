import { Component, computed, input } from '@angular/core';
import type { TextChange } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from '../../ui/icon';
import { MarkedWords } from './marked-words';
import { kindsIn, segmentsOf } from './marked-diff';

/** One text of a tool: where it stands, what is suspicious about it, and how it differs from before. */
@Component({
  selector: 'gh-changed-text',
  imports: [TranslocoDirective, Icon, MarkedWords],
  template: `
    <ng-container *transloco="let t">
      <p class="gh-row gh-row-wrap head">
        <code>{{ change().path }}</code>
        @if (change().before === null) {
          <span class="gh-muted gh-small">{{ t('services.review.noBefore') }}</span>
        }
        @if (change().after === null) {
          <span class="gh-muted gh-small">{{ t('services.review.noAfter') }}</span>
        }
        @for (kind of kinds(); track kind) {
          <span class="gh-tag kind">
            <nz-icon nzType="warning" nzTheme="fill" />
            {{ t('services.review.mark.' + kind) }}
          </span>
        }
      </p>
      <div class="text" tabindex="0" role="region" [attr.aria-label]="change().path">
        @for (segment of segments(); track $index) {
          @switch (segment.kind) {
            @case ('removed') {
              <del>
                <span class="gh-sr">{{ t('services.review.removed') }}</span>
                <gh-marked-words [text]="segment.text" />
              </del>
            }
            @case ('added') {
              <ins>
                <span class="gh-sr">{{ t('services.review.added') }}</span>
                <gh-marked-words [text]="segment.text" [mark]="segment.mark" />
              </ins>
            }
            @default {
              <gh-marked-words [text]="segment.text" [mark]="segment.mark" />
            }
          }
        }
      </div>
    </ng-container>
  `,
  styles: `
    .head {
      margin-bottom: var(--gh-1);
      overflow-wrap: anywhere;
    }
    .kind {
      gap: var(--gh-1);
      border-color: var(--gh-warn);
      background: var(--gh-warn-soft);
      color: var(--gh-warn);
    }
    .text {
      position: relative;
      max-height: 420px;
      padding: var(--gh-2) var(--gh-3);
      overflow: auto;
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius);
      background: var(--gh-surface);
    }
    del {
      background: var(--gh-bad-soft);
      color: var(--gh-bad);
    }
    ins {
      background: var(--gh-ok-soft);
      color: var(--gh-ok);
    }
  `,
})
export class ChangedText {
  readonly change = input.required<TextChange>();

  protected readonly kinds = computed(() => kindsIn(this.change()));
  /** A text without an earlier one is not new word by word: it is shown as it is. */
  protected readonly segments = computed(() => {
    const { before, after, marks } = this.change();
    return segmentsOf({ before: before ?? after, after, marks });
  });
}
