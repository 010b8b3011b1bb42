import { Component, computed, input, output } from '@angular/core';
import type { ApiError } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { CopyButton } from './copy-button';
import { Icon } from './icon';

/** A failure that takes the place of content: what happened, what to do, retry, and the id to report. */
@Component({
  selector: 'gh-error-panel',
  imports: [TranslocoDirective, NzButtonComponent, Icon, CopyButton],
  template: `
    <ng-container *transloco="let t">
      <div class="panel" role="alert">
        <nz-icon [nzType]="forbidden() ? 'lock' : 'exclamation-circle'" [nzTheme]="forbidden() ? 'outline' : 'fill'" />
        <p class="what">{{ error().message || t('errors.' + error().code + '.message') }}</p>
        <p class="gh-muted">{{ error().remedy || t('errors.' + localCode() + '.remedy') }}</p>
        @if (!forbidden()) {
          <button nz-button (click)="retry.emit()">{{ t('act.retry') }}</button>
        }
        <p class="gh-muted gh-small ids">
          <code>{{ error().code }}</code>
          @if (error().requestId) {
            <span
              >{{ t('errors.requestId') }} <code>{{ error().requestId }}</code></span
            >
            <gh-copy [text]="error().requestId" [label]="t('errors.copyRequestId')" />
          }
        </p>
      </div>
    </ng-container>
  `,
  styles: `
    .panel {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: var(--gh-2);
      padding: 40px var(--gh-4);
      text-align: center;
    }
    nz-icon {
      color: var(--gh-bad);
      font-size: 28px;
    }
    nz-icon[nzType='lock'],
    nz-icon.anticon-lock {
      color: var(--gh-muted);
    }
    .what {
      font-weight: 600;
    }
    button[nz-button] {
      margin-top: var(--gh-1);
    }
    .ids {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
      margin-top: var(--gh-1);
    }
  `,
})
export class ErrorPanel {
  readonly error = input.required<ApiError>();
  readonly retry = output();

  protected readonly forbidden = computed(() => this.error().code === 'permission_missing');
  /** The server's own errors bring their remedy; only what never reached it is worded here. */
  protected readonly localCode = computed(() => (this.error().code === 'network' ? 'network' : 'unreadable'));
}
