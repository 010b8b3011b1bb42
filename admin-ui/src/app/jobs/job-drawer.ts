import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import { ERRORS, errorText, type ErrorCode } from '@gatehouse/contracts';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Languages } from '../i18n/languages';
import { Confirm } from '../ui/confirm';
import { Drawer } from '../ui/drawer';
import { ErrorPanel } from '../ui/error-panel';
import { FailureNote } from '../ui/failure-note';
import { formatMoment } from '../ui/format';
import { JsonView } from '../ui/json-view';
import { StatusChip, type Tone } from '../ui/status-chip';
import { JobProgressBar, JobStatusChip } from './job-parts';
import { isUnderWay, type JobsStore } from './jobs-store';

const CALLBACK_TONES: Record<string, Tone> = { waiting: 'off', pending: 'busy', delivered: 'ok', failed: 'bad' };

/** One job in full: what came of it, why it failed, and whether whoever wanted to be told was. */
@Component({
  selector: 'gh-job-drawer',
  imports: [
    RouterLink,
    TranslocoDirective,
    NzButtonComponent,
    Drawer,
    ErrorPanel,
    FailureNote,
    JsonView,
    StatusChip,
    JobProgressBar,
    JobStatusChip,
  ],
  templateUrl: './job-drawer.html',
  styles: `
    .why {
      flex-direction: column;
      gap: 0;
    }
  `,
})
export class JobDrawer {
  private readonly languages = inject(Languages);
  private readonly confirm = inject(Confirm);
  private readonly transloco = inject(TranslocoService);

  readonly store = input.required<JobsStore>();
  readonly closing = output();

  protected readonly job = computed(() => this.store().detail.value());
  protected readonly underWay = computed(() => {
    const job = this.job();
    return job !== undefined && isUnderWay(job);
  });
  protected readonly callbackTone = computed(() => CALLBACK_TONES[this.job()?.callback?.state ?? ''] ?? 'off');
  /** The record of the call, when the job was one. */
  protected readonly callId = computed(() => {
    const callId = this.job()?.result?.['callId'];
    return typeof callId === 'string' ? callId : undefined;
  });

  protected at(moment: string): string {
    return formatMoment(moment, this.languages.current());
  }

  /** The catalogue's words for why a delivery came to nothing. */
  protected reason(code: string): string {
    if (!Object.hasOwn(ERRORS, code)) return code;
    const { message } = errorText(code as ErrorCode, this.languages.current() === 'en' ? 'en' : 'zh');
    return message.includes('?') ? code : message;
  }

  protected async cancel(): Promise<void> {
    const job = this.job();
    if (!job) return;
    const word = (key: string) => this.transloco.translate<string>(`jobs.cancel.${key}`, { title: job.title });
    const agreed = await this.confirm.ask({ title: word('title'), text: word('text'), act: word('act') });
    if (agreed) await this.store().cancel(job.id);
  }
}
