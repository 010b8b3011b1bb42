import { Component, computed, input } from '@angular/core';
import { Icon } from './icon';

/** What a state means for the reader: fine, look at it, broken, in progress, merely off. */
export type Tone = 'ok' | 'warn' | 'bad' | 'busy' | 'off' | 'info';

const ICONS: Record<Tone, { type: string; theme: 'fill' | 'outline' }> = {
  ok: { type: 'check-circle', theme: 'fill' },
  warn: { type: 'warning', theme: 'fill' },
  bad: { type: 'close-circle', theme: 'fill' },
  busy: { type: 'sync', theme: 'outline' },
  off: { type: 'pause-circle', theme: 'fill' },
  info: { type: 'info-circle', theme: 'fill' },
};

/** The icon of a state, in its colour; say the word nearby. */
@Component({
  selector: 'gh-status-icon',
  imports: [Icon],
  host: { '[attr.data-tone]': 'tone()', 'aria-hidden': 'true' },
  template: `<nz-icon [nzType]="icon().type" [nzTheme]="icon().theme" [nzSpin]="tone() === 'busy'" />`,
  styles: `
    :host {
      color: var(--gh-off);
    }
    :host([data-tone='ok']) {
      color: var(--gh-ok);
    }
    :host([data-tone='warn']) {
      color: var(--gh-warn);
    }
    :host([data-tone='bad']) {
      color: var(--gh-bad);
    }
    :host([data-tone='busy']),
    :host([data-tone='info']) {
      color: var(--gh-info);
    }
  `,
})
export class StatusIcon {
  readonly tone = input.required<Tone>();

  protected readonly icon = computed(() => ICONS[this.tone()]);
}

/** A state as icon, word and colour together, so that none of the three carries it alone. */
@Component({
  selector: 'gh-status',
  imports: [Icon],
  host: { '[attr.data-tone]': 'tone()' },
  template: `<nz-icon [nzType]="icon().type" [nzTheme]="icon().theme" [nzSpin]="tone() === 'busy'" /><span>{{
      word()
    }}</span>`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      padding: 0 8px 0 6px;
      border-radius: 11px;
      background: var(--gh-off-soft);
      color: var(--gh-off);
      font-size: var(--gh-text-xs);
      font-weight: 500;
      line-height: 22px;
      white-space: nowrap;
    }
    :host([data-tone='ok']) {
      background: var(--gh-ok-soft);
      color: var(--gh-ok);
    }
    :host([data-tone='warn']) {
      background: var(--gh-warn-soft);
      color: var(--gh-warn);
    }
    :host([data-tone='bad']) {
      background: var(--gh-bad-soft);
      color: var(--gh-bad);
    }
    :host([data-tone='busy']),
    :host([data-tone='info']) {
      background: var(--gh-info-soft);
      color: var(--gh-info);
    }
  `,
})
export class StatusChip {
  readonly tone = input.required<Tone>();
  readonly word = input.required<string>();

  protected readonly icon = computed(() => ICONS[this.tone()]);
}
