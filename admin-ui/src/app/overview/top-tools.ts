import { Component, computed, input } from '@angular/core';
import type { Overview } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { CountPipe } from '../ui/format-pipes';

/** The most called tools, each with a bar as long as its share of the first. */
@Component({
  selector: 'gh-top-tools',
  imports: [TranslocoDirective, CountPipe],
  template: `
    <section class="gh-card" aria-labelledby="top-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="top-title">{{ t('overview.topTools') }}</h2>
      </div>
      @if (tools().length) {
        <ol>
          @for (tool of tools(); track tool.service + '/' + tool.tool) {
            <li>
              <span class="name"
                ><code>{{ tool.tool }}</code> <span class="gh-muted gh-small">{{ tool.service }}</span></span
              >
              <span class="calls">{{ tool.calls | count }}</span>
              <span class="bar" aria-hidden="true"><i [style.width.%]="(tool.calls / most()) * 100"></i></span>
            </li>
          }
        </ol>
      } @else {
        <p class="gh-card-body gh-muted">{{ t('overview.topNone') }}</p>
      }
    </section>
  `,
  styles: `
    ol {
      display: flex;
      flex-direction: column;
      gap: var(--gh-3);
      padding: var(--gh-4);
    }
    li {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto;
      gap: 4px var(--gh-3);
      font-size: var(--gh-text-sm);
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .name .gh-muted {
      margin-inline-start: 6px;
    }
    .bar {
      grid-column: 1 / -1;
      height: 4px;
      border-radius: 2px;
      background: var(--gh-off-soft);
    }
    .bar i {
      display: block;
      height: 100%;
      border-radius: 2px;
      background: var(--gh-primary);
    }
  `,
})
export class TopTools {
  readonly tools = input.required<Overview['topTools']>();

  protected readonly most = computed(() => Math.max(1, ...this.tools().map((tool) => tool.calls)));
}
