import { Component, Injectable, inject, signal } from '@angular/core';
import { ApiError } from '@gatehouse/api-client';
import { TranslocoService, TranslocoDirective } from '@jsverse/transloco';
import { Icon } from './icon';

export type ToastTone = 'success' | 'error';

export interface Toast {
  id: number;
  tone: ToastTone;
  text: string;
  detail: string;
}

/** Successes leave by themselves; errors stay until closed, so that nobody misses the remedy. */
const SUCCESS_MS = 4000;

/** Short messages at the edge of the page. */
@Injectable({ providedIn: 'root' })
export class Toaster {
  private readonly transloco = inject(TranslocoService);
  private readonly all = signal<readonly Toast[]>([]);
  private nextId = 1;

  readonly toasts = this.all.asReadonly();

  show(tone: ToastTone, text: string, detail = ''): void {
    const id = this.nextId++;
    this.all.update((toasts) => [...toasts.slice(-2), { id, tone, text, detail }]);
    if (tone === 'success') setTimeout(() => this.close(id), SUCCESS_MS);
  }

  /** Says a text of the dictionaries. */
  success(key: string, params?: Record<string, unknown>): void {
    this.show('success', this.transloco.translate(key, params));
  }

  /** Says what failed and what to do; anything but an ApiError is thrown on. */
  failure(error: unknown): void {
    if (!(error instanceof ApiError)) throw error;
    const local = error.message ? undefined : `errors.${error.code}`;
    this.show(
      'error',
      local ? this.transloco.translate(`${local}.message`) : error.message,
      local ? this.transloco.translate(`${local}.remedy`) : error.remedy,
    );
  }

  close(id: number): void {
    this.all.update((toasts) => toasts.filter((toast) => toast.id !== id));
  }
}

/** Where the messages appear. */
@Component({
  selector: 'gh-toasts',
  imports: [Icon, TranslocoDirective],
  template: `
    <div class="stack" role="status" aria-live="polite" *transloco="let t">
      @for (toast of toaster.toasts(); track toast.id) {
        <div class="toast" [attr.data-tone]="toast.tone">
          <nz-icon [nzType]="toast.tone === 'success' ? 'check-circle' : 'exclamation-circle'" nzTheme="fill" />
          <div>
            <p>{{ toast.text }}</p>
            @if (toast.detail) {
              <p class="gh-muted gh-small">{{ toast.detail }}</p>
            }
          </div>
          <button
            class="gh-icon-btn"
            type="button"
            [attr.aria-label]="t('act.close')"
            (click)="toaster.close(toast.id)"
          >
            <nz-icon nzType="close" />
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    .stack {
      position: fixed;
      z-index: 2000;
      top: calc(var(--gh-bar) + var(--gh-2));
      right: var(--gh-4);
      display: flex;
      flex-direction: column;
      gap: var(--gh-2);
      width: min(380px, calc(100vw - 32px));
      pointer-events: none;
    }
    .toast {
      display: grid;
      grid-template-columns: auto 1fr auto;
      gap: var(--gh-2);
      padding: 10px var(--gh-2) 10px var(--gh-3);
      border: 1px solid var(--gh-border);
      border-radius: var(--gh-radius-lg);
      background: var(--gh-surface);
      box-shadow: var(--gh-shadow-lg);
      pointer-events: auto;
      overflow-wrap: anywhere;
    }
    nz-icon[nzTheme='fill'] {
      margin-top: 3px;
      color: var(--gh-ok);
    }
    [data-tone='error'] nz-icon[nzTheme='fill'] {
      color: var(--gh-bad);
    }
  `,
})
export class Toasts {
  protected readonly toaster = inject(Toaster);
}
