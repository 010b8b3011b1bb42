import { Component, computed, input, output } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { JsonView } from '../ui/json-view';
import { frameRows, isRequest, type ShownFrame } from './frame-rows';

/** Raw protocol messages, in both directions, in the order they went. */
@Component({
  selector: 'gh-frames',
  imports: [TranslocoDirective, NzButtonComponent, JsonView],
  template: `
    <ol *transloco="let t" [attr.aria-label]="t('frames.label')">
      @for (row of rows(); track row.frame; let i = $index) {
        <li>
          <details>
            <summary>
              <span class="way" [attr.data-way]="row.frame.direction">{{ t('frames.way.' + row.way) }}</span>
              <code [class.failed]="row.failed">{{ row.title || t('frames.answer') }}</code>
              <span class="gh-muted gh-small">
                @if (row.frame.durationMs !== undefined) {
                  {{ t('frames.took', { ms: row.frame.durationMs }) }} ·
                }
                +{{ row.offsetMs }} ms
              </span>
            </summary>
            @if (again() && isRequest(row.frame)) {
              <button nz-button nzSize="small" type="button" (click)="chosen.emit(row.frame)">
                {{ t('frames.again') }}
              </button>
            }
            @if (row.frame.message === null) {
              <p class="gh-muted">{{ t('frames.tooLarge', { n: row.frame.size }) }}</p>
            } @else {
              <gh-json [value]="row.frame.message" [label]="t('frames.message', { n: i + 1 })" />
            }
          </details>
        </li>
      } @empty {
        <li class="gh-muted">{{ t('frames.none') }}</li>
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
      flex: none;
      margin-inline-start: auto;
    }
    .way {
      flex: none;
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
    summary code {
      overflow-wrap: anywhere;
    }
    .failed {
      color: var(--gh-bad);
    }
    details button {
      margin-bottom: var(--gh-2);
    }
    gh-json {
      margin-bottom: var(--gh-2);
    }
  `,
})
export class FramesView<F extends ShownFrame> {
  readonly frames = input.required<readonly F[]>();
  /** Whether requests of clients offer to be sent again. */
  readonly again = input(false);
  readonly chosen = output<F>();

  protected readonly isRequest = isRequest;
  protected readonly rows = computed(() => frameRows(this.frames()));
}
