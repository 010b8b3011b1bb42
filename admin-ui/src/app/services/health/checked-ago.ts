import { Component, DestroyRef, computed, inject, input, signal } from '@angular/core';
import { Languages } from '../../i18n/languages';
import { formatMoment } from '../../ui/format';
import { ago } from './ago';

/** The seconds are counted this often, ms. */
const TICK_MS = 5000;

/** "12 seconds ago": for checks that are repeated every few seconds, where "now" would say too little. */
@Component({
  selector: 'gh-checked-ago',
  template: `<time [attr.datetime]="at()" [title]="exact()">{{ words() }}</time>`,
})
export class CheckedAgo {
  private readonly languages = inject(Languages);
  private readonly now = signal(Date.now());

  /** ISO 8601. */
  readonly at = input.required<string>();

  protected readonly exact = computed(() => formatMoment(this.at(), this.languages.current()));
  protected readonly words = computed(() => ago(this.at(), this.now(), this.languages.current()));

  constructor() {
    const timer = setInterval(() => this.now.set(Date.now()), TICK_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
