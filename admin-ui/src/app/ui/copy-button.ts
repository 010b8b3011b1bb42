import { Component, inject, input, signal } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from './icon';
import { Toaster } from './toasts';

/** How long the tick stays: long enough to be noticed, short enough not to be taken for a state. */
const TICK_MS = 1500;

/** Copies a text to the clipboard; shows a tick, and says so to screen readers. */
@Component({
  selector: 'gh-copy',
  imports: [TranslocoDirective, Icon],
  template: `
    <ng-container *transloco="let t">
      <button
        class="gh-icon-btn"
        type="button"
        [attr.aria-label]="label() || t('act.copy')"
        (click)="copy(t('copyFailed'))"
      >
        <nz-icon [nzType]="copied() ? 'check' : 'copy'" />
        @if (word()) {
          <span>{{ copied() ? t('copied') : t('act.copy') }}</span>
        }
      </button>
      <span class="gh-sr" role="status">{{ copied() ? t('copied') : '' }}</span>
    </ng-container>
  `,
})
export class CopyButton {
  private readonly toaster = inject(Toaster);

  readonly text = input.required<string>();
  /** What is copied, for screen readers; default: "Copy". */
  readonly label = input('');
  /** Whether the word stands beside the icon. */
  readonly word = input(false);

  protected readonly copied = signal(false);

  protected async copy(failure: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
    } catch {
      this.toaster.show('error', failure);
      return;
    }
    this.copied.set(true);
    setTimeout(() => this.copied.set(false), TICK_MS);
  }
}
