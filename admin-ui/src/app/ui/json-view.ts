import { Component, computed, input } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { CopyButton } from './copy-button';

/** A value as indented JSON, with a copy button. Always text: a foreign value is never markup. */
@Component({
  selector: 'gh-json',
  imports: [TranslocoDirective, CopyButton],
  template: `
    <ng-container *transloco="let t">
      <gh-copy [text]="text()" [label]="t('act.copyNamed', { name: label() })" />
      <pre class="gh-code" tabindex="0" role="region" [attr.aria-label]="label()">{{ text() }}</pre>
    </ng-container>
  `,
  styles: `
    :host {
      position: relative;
      display: block;
    }
    gh-copy {
      position: absolute;
      top: 6px;
      right: 8px;
    }
    pre {
      max-height: 360px;
      padding-inline-end: 44px;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
  `,
})
export class JsonView {
  readonly value = input.required<unknown>();
  /** What the value is, for screen readers. */
  readonly label = input.required<string>();

  protected readonly text = computed(() => JSON.stringify(this.value(), null, 2) ?? '');
}
