import { Component, inject, input, signal } from '@angular/core';
import { servicesApi, type TestReport } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { HTTP } from '../../api/http';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { TestReportView } from '../report/test-report';
import { FramesView } from '../../frames/frames-view';

/** The connection test: its steps with their seconds, and the raw messages behind them. */
@Component({
  selector: 'gh-connection',
  imports: [TranslocoDirective, NzButtonComponent, FailureNote, TestReportView, FramesView],
  template: `
    <section class="gh-card" aria-labelledby="ct-title" *transloco="let t">
      <div class="gh-card-head">
        <h2 id="ct-title">{{ t('services.connection.title') }}</h2>
        <button nz-button nzSize="small" [nzLoading]="deed.busy()" (click)="test()">
          {{ t('services.connection.act') }}
        </button>
      </div>
      <div class="gh-card-body">
        @if (deed.busy() || report()) {
          <gh-test-report [report]="report()" [running]="deed.busy()" />
          @if (report()?.messages?.length) {
            <details>
              <summary>{{ t('services.result.frames') }} ({{ report()!.messages.length }})</summary>
              <gh-frames [frames]="report()!.messages" />
            </details>
          }
        } @else if (!deed.error()) {
          <p class="gh-muted">{{ t('services.connection.lead') }}</p>
        }
        <gh-failure [error]="deed.error()" />
      </div>
    </section>
  `,
  styles: `
    details {
      margin-top: var(--gh-2);
    }
    summary {
      color: var(--gh-primary);
      cursor: pointer;
    }
  `,
})
export class ConnectionCard {
  private readonly api = servicesApi(inject(HTTP));

  /** Id or slug. */
  readonly service = input.required<string>();

  protected readonly report = signal<TestReport | undefined>(undefined);
  protected readonly deed = new Deed();

  protected async test(): Promise<void> {
    this.report.set(undefined);
    await this.deed.run(async () => this.report.set(await this.api.test(this.service())));
  }
}
