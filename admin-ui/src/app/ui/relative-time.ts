import { Component, computed, inject, input } from '@angular/core';
import { Languages } from '../i18n/languages';
import { Clock } from './clock';
import { formatMoment, formatRelative } from './format';

/** "3 minutes ago", with the exact moment on hover and for machines. */
@Component({
  selector: 'gh-time',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ relative() }}</time>`,
  styles: `
    :host {
      white-space: nowrap;
    }
  `,
})
export class RelativeTime {
  private readonly clock = inject(Clock);
  private readonly languages = inject(Languages);

  /** ISO 8601. */
  readonly at = input.required<string>();

  protected readonly exact = computed(() => formatMoment(this.at(), this.languages.current()));
  protected readonly relative = computed(() => formatRelative(this.at(), this.clock.now(), this.languages.current()));
}
