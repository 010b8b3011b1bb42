import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Overview } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { STEPS, type Step } from './overview-store';
import { Icon } from '../ui/icon';

/** Where each step is taken. */
const WHERE: Record<Step, string> = {
  service: '/mcp',
  test: '/mcp',
  group: '/people/groups',
  grant: '/mcp',
  client: '/keys',
};

/** The five steps from a fresh installation to the first call of a real client; each ticks itself off. */
@Component({
  selector: 'gh-checklist',
  imports: [RouterLink, TranslocoDirective, Icon],
  template: `
    <section class="gh-card" aria-labelledby="steps-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="steps-title">{{ t('overview.steps.title') }}</h2>
        <span class="gh-muted gh-small">{{ t('overview.steps.progress', { n: done() }) }}</span>
      </div>
      <ol>
        @for (step of steps; track step; let i = $index) {
          <li [class.done]="checklist()[step]">
            @if (checklist()[step]) {
              <nz-icon nzType="check-circle" nzTheme="fill" />
            } @else {
              <span class="number" aria-hidden="true">{{ i + 1 }}</span>
            }
            <div>
              <a [routerLink]="where[step]">{{ t('overview.steps.' + step) }}</a>
              <span class="gh-sr">{{ t(checklist()[step] ? 'overview.steps.done' : 'overview.steps.open') }}</span>
              <p class="gh-muted gh-small">{{ t('overview.steps.' + step + 'Hint') }}</p>
            </div>
          </li>
        }
      </ol>
    </section>
  `,
  styles: `
    ol {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
      gap: var(--gh-4);
      padding: var(--gh-4);
    }
    li {
      display: grid;
      align-items: start;
      grid-template-columns: 24px 1fr;
      gap: var(--gh-2);
    }
    .number {
      display: grid;
      place-items: center;
      width: 22px;
      height: 22px;
      border: 1px solid var(--gh-control-border);
      border-radius: 50%;
      color: var(--gh-muted);
      font-size: var(--gh-text-xs);
    }
    nz-icon {
      color: var(--gh-ok);
      font-size: 22px;
      line-height: 1;
    }
    a {
      font-weight: 600;
    }
    .done a {
      color: var(--gh-muted);
      font-weight: 500;
    }
  `,
})
export class Checklist {
  readonly checklist = input.required<Overview['checklist']>();
  readonly done = input.required<number>();

  protected readonly steps = STEPS;
  protected readonly where = WHERE;
}
