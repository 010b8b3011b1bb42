import { Component, computed, input } from '@angular/core';
import { CodeBlock } from './code-block';

/** A value as indented JSON, with a copy button. Always text: a foreign value is never markup. */
@Component({
  selector: 'gh-json',
  imports: [CodeBlock],
  template: `<gh-code-block [code]="text()" [label]="label()" />`,
})
export class JsonView {
  readonly value = input.required<unknown>();
  /** What the value is, for screen readers. */
  readonly label = input.required<string>();

  protected readonly text = computed(() => JSON.stringify(this.value(), null, 2) ?? '');
}
