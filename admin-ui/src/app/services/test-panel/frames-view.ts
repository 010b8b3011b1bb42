import { Component, computed, input } from '@angular/core';
import type { Frame } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { JsonView } from '../../ui/json-view';
import { frameRows } from './frame-rows';

/** The raw protocol messages of a call, in both directions, in the order they went. */
@Component({
  selector: 'gh-frames',
  imports: [TranslocoDirective, JsonView],
  template: `
    <ol *transloco="let t" [attr.aria-label]="t('services.frames.label')">
      @for (row of rows(); track $index; let i = $index) {
        <li>
          <details>
            <summary>
              <span class="way" [attr.data-way]="row.direction">{{ t('services.frames.' + row.direction) }}</span>
              <code>{{ row.title || t('services.frames.answer') }}</code>
              <span class="gh-muted gh-small">+{{ row.offsetMs }} ms</span>
            </summary>
            <gh-json [value]="row.message" [label]="t('services.frames.message', { n: i + 1 })" />
          </details>
        </li>
      } @empty {
        <li class="gh-muted">{{ t('services.frames.none') }}</li>
      }
    </ol>
  `,
  styles: `
    li {
      border-bottom: 1px solid var(--gh-border);
    }
    li:last-child {
      border-bottom: 0;
    }
    summary {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
      padding: var(--gh-2) 0;
      cursor: pointer;
    }
    summary::before {
      content: '›';
      color: var(--gh-muted);
    }
    [open] > summary::before {
      transform: rotate(90deg);
    }
    summary .gh-small {
      margin-inline-start: auto;
    }
    .way {
      min-width: 64px;
      padding: 0 8px;
      border-radius: 4px;
      background: var(--gh-info-soft);
      color: var(--gh-info);
      font-size: var(--gh-text-xs);
      text-align: center;
    }
    .way[data-way='in'] {
      background: var(--gh-off-soft);
      color: var(--gh-off);
    }
    gh-json {
      margin-bottom: var(--gh-2);
    }
  `,
})
export class FramesView {
  readonly frames = input.required<readonly Frame[]>();

  protected readonly rows = computed(() => frameRows(this.frames()));
}
