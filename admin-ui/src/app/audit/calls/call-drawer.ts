import { Component, computed, inject, input, output } from '@angular/core';
import type { CallDetail } from '@gatehouse/api-client';
import { ERRORS, errorText } from '@gatehouse/contracts';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages } from '../../i18n/languages';
import { CallStatusChip } from '../../ui/call-status';
import { Drawer } from '../../ui/drawer';
import { ErrorPanel } from '../../ui/error-panel';
import { formatMoment } from '../../ui/format';
import { BytesPipe, DurationPipe } from '../../ui/format-pipes';
import { JsonView } from '../../ui/json-view';
import type { Remote } from '../../ui/remote';
import { StatusChip } from '../../ui/status-chip';
import type { CallFilters } from './calls-store';

/** One call in full: who, what, outcome, the rule that decided, and the masked request and answer. */
@Component({
  selector: 'gh-call-drawer',
  imports: [TranslocoDirective, CallStatusChip, Drawer, ErrorPanel, BytesPipe, DurationPipe, JsonView, StatusChip],
  templateUrl: './call-drawer.html',
  styles: `
    .why {
      flex-direction: column;
      gap: 0;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gh-4);
      font-size: var(--gh-text-sm);
    }
  `,
})
export class CallDrawer {
  private readonly languages = inject(Languages);

  readonly detail = input.required<Remote<CallDetail>>();
  readonly closing = output();
  /** Asks the list for calls that share something with this one. */
  readonly narrowed = output<Partial<CallFilters>>();

  protected readonly call = computed(() => this.detail().value());
  protected readonly sealTones = { valid: 'ok', broken: 'bad', none: 'off' } as const;
  protected readonly at = computed(() => formatMoment(this.call()?.at ?? '', this.languages.current()));
  /** The catalogue's words for the code; details are not kept in the record, so only the remedy is general enough. */
  protected readonly remedy = computed(() => {
    const code = this.call()?.errorCode;
    if (!code || !(code in ERRORS)) return '';
    const { remedy } = errorText(code, this.languages.current() === 'en' ? 'en' : 'zh');
    return remedy.includes('?') ? '' : remedy;
  });
}
