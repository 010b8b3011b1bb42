import { Component, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from './copy-button';

/** A text to paste elsewhere, as it is, with a copy button. */
@Component({
  selector: 'gh-code-block',
  imports: [TranslocoDirective, CopyButton],
  template: `
    <ng-container *transloco="let t">
      <pre class="gh-code" tabindex="0" role="region" [attr.aria-label]="label()">{{ code() }}</pre>
      <gh-copy [text]="code()" [label]="t('act.copyNamed', { name: label() })" />
    </ng-container>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
    }
    pre {
      max-height: 360px;
      padding-inline-end: 44px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    gh-copy {
      position: absolute;
      top: 6px;
      right: 8px;
    }
  `,
})
export class CodeBlock {
  readonly code = input.required<string>();
  /** What it is, for screen readers and the copy button. */
  readonly label = input.required<string>();
}
