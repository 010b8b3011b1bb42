import { Component, input } from '@angular/core';
import type { ApiError } from '@gatehouse/api-client';
import { TranslocoDirective } from '@jsverse/transloco';
import { Icon } from './icon';

/** Why a form could not be sent, above its buttons: message, remedy, and what each field lacks. */
@Component({
  selector: 'gh-failure',
  imports: [TranslocoDirective, Icon],
  template: `
    <div aria-live="polite" *transloco="let t">
      @if (error(); as failure) {
        <div class="gh-note" data-tone="bad">
          <nz-icon nzType="exclamation-circle" nzTheme="fill" />
          <div>
            <p>{{ failure.message || t('errors.' + failure.code + '.message') }}</p>
            <p class="gh-small">{{ failure.message ? failure.remedy : t('errors.' + failure.code + '.remedy') }}</p>
            @for (field of failure.fields; track field.path) {
              <p class="gh-small">
                <code>{{ field.path }}</code> {{ field.message }}
              </p>
            }
          </div>
        </div>
      }
    </div>
  `,
  styles: `
    nz-icon {
      margin-top: 4px;
      color: var(--gh-bad);
    }
  `,
})
export class FailureNote {
  readonly error = input.required<ApiError | undefined>();
}
