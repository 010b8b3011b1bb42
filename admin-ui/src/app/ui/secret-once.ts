import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from './copy-button';

/** A secret that is shown this one time, ready to be copied. */
@Component({
  selector: 'gh-secret-once',
  imports: [TranslocoDirective, CopyButton],
  template: `
    <div class="box" *transloco="let t">
      <p class="gh-small">{{ t('secretOnce') }}</p>
      <div class="line">
        <code tabindex="0" role="textbox" aria-readonly="true" [attr.aria-label]="label()">{{ secret() }}</code>
        <gh-copy [text]="secret()" [label]="t('act.copyNamed', { name: label() })" [word]="true" />
      </div>
    </div>
  `,
  styles: `
    .box {
      padding: var(--gh-3);
      border: 1px solid var(--gh-warn);
      border-radius: var(--gh-radius);
      background: var(--gh-warn-soft);
    }
    .line {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: var(--gh-2);
      margin-top: var(--gh-2);
      padding: 4px 4px 4px var(--gh-3);
      border-radius: var(--gh-radius);
      background: var(--gh-surface);
    }
    code {
      overflow-wrap: anywhere;
    }
  `,
})
export class SecretOnce {
  readonly secret = input.required<string>();
  readonly label = input.required<string>();
}
