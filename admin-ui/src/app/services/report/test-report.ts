import { Component, computed, input } from '@angular/core';
import type { TestReport, TestStepName } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { DurationPipe } from '../../ui/format-pipes';
import { Icon } from '../../ui/icon';

const STEPS: readonly TestStepName[] = ['resolve', 'connect', 'negotiate', 'tools', 'resources', 'prompts'];
const ICONS = { ok: 'check-circle', failed: 'close-circle', skipped: 'minus-circle' } as const;

/** The steps of a connection test with their durations, and what exactly failed with its fix. */
@Component({
  selector: 'gh-test-report',
  imports: [TranslocoDirective, Icon, DurationPipe],
  template: `
    <ng-container *transloco="let t">
      <ol [attr.aria-busy]="running()">
        @for (row of rows(); track row.step) {
          <li [attr.data-status]="row.status">
            @if (row.status === 'waiting') {
              <nz-icon [nzType]="running() ? 'loading' : 'clock-circle'" [nzSpin]="running()" />
            } @else {
              <nz-icon [nzType]="icons[row.status]" nzTheme="fill" />
            }
            <div>
              <p>
                <strong>{{ t('services.step.' + row.step) }}</strong>
                <span class="gh-sr">{{ t('services.stepStatus.' + row.status) }}</span>
                @if (row.detail) {
                  <span class="gh-muted"> {{ row.detail }}</span>
                }
              </p>
              @if (row.error; as error) {
                <div class="cause">
                  <p>{{ error.message }}</p>
                  <p class="gh-muted">{{ error.remedy }}</p>
                  <code class="gh-small">{{ error.code }}</code>
                </div>
              }
            </div>
            <span class="gh-muted time">{{
              row.status === 'ok' || row.status === 'failed' ? (row.durationMs | duration) : ''
            }}</span>
          </li>
        }
      </ol>
      @if (report(); as report) {
        <p class="sum" role="status" [attr.data-ok]="report.ok">
          @if (report.ok) {
            {{
              t('services.report.ok', {
                tools: report.counts.tools,
                resources: report.counts.resources,
                prompts: report.counts.prompts,
              })
            }}
          } @else {
            {{ t('services.report.failed') }}
          }
          @if (report.era; as era) {
            <span class="gh-tag">{{ t('services.era.' + era) }} · {{ report.protocolVersion }}</span>
          }
          @if (report.transport; as transport) {
            <span class="gh-tag">{{ t('services.transport.' + transport) }}</span>
          }
          @if (report.serverInfo; as server) {
            <span class="gh-tag">{{ server.title || server.name }} {{ server.version }}</span>
          }
        </p>
        @if (report.stderr) {
          <details>
            <summary>{{ t('services.report.stderr') }}</summary>
            <pre class="gh-code" tabindex="0" role="region" [attr.aria-label]="t('services.report.stderr')">{{
              report.stderr
            }}</pre>
          </details>
        }
      } @else if (running()) {
        <p class="gh-sr" role="status">{{ t('services.report.running') }}</p>
      }
    </ng-container>
  `,
  styles: `
    li {
      display: grid;
      grid-template-columns: 18px 1fr auto;
      gap: var(--gh-2);
      padding: 5px 0;
    }
    li > nz-icon {
      align-self: start;
      margin-top: 4px;
      color: var(--gh-muted);
    }
    [data-status='ok'] > nz-icon {
      color: var(--gh-ok);
    }
    [data-status='failed'] > nz-icon {
      color: var(--gh-bad);
    }
    [data-status='skipped'],
    [data-status='waiting'] {
      color: var(--gh-muted);
    }
    .cause {
      margin-top: var(--gh-1);
      padding: var(--gh-2) var(--gh-3);
      border-radius: var(--gh-radius);
      background: var(--gh-bad-soft);
      overflow-wrap: anywhere;
    }
    .time {
      font-size: var(--gh-text-sm);
    }
    .sum {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--gh-2);
      margin-top: var(--gh-2);
      padding: var(--gh-2) var(--gh-3);
      border-radius: var(--gh-radius);
      background: var(--gh-bad-soft);
      font-weight: 500;
    }
    .sum[data-ok='true'] {
      background: var(--gh-ok-soft);
    }
    .sum .gh-tag {
      font-weight: 400;
    }
    details {
      margin-top: var(--gh-2);
    }
    pre {
      max-height: 200px;
      margin-top: var(--gh-1);
    }
  `,
})
export class TestReportView {
  readonly report = input<TestReport>();
  readonly running = input(false);

  protected readonly icons = ICONS;
  /** Every step from the start, so that nothing jumps when the report arrives. */
  protected readonly rows = computed(() => {
    const done = new Map(this.report()?.steps.map((step) => [step.step, step]));
    const waiting = {
      status: this.report() ? ('skipped' as const) : ('waiting' as const),
      durationMs: 0,
      detail: '',
      error: undefined,
    };
    return STEPS.map((step) => ({ ...waiting, ...done.get(step), step }));
  });
}
