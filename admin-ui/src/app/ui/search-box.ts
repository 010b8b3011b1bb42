import { Component, DestroyRef, inject, input, output } from '@angular/core';
import { Icon } from './icon';

/** Typing pauses this long before a search is sent, ms. */
const PAUSE_MS = 250;

/** A search field that speaks when typing pauses, and not while an input method is composing. */
@Component({
  selector: 'gh-search',
  imports: [Icon],
  template: `
    <nz-icon nzType="search" aria-hidden="true" />
    <input
      #box
      class="gh-input"
      type="search"
      autocomplete="off"
      [value]="value()"
      [placeholder]="label()"
      [attr.aria-label]="label()"
      (input)="typed($event, box.value)"
      (compositionend)="later(box.value)"
      (keydown.enter)="now(box.value)"
    />
  `,
  styles: `
    :host {
      position: relative;
      display: inline-block;
      width: 240px;
    }
    nz-icon {
      position: absolute;
      top: 9px;
      left: 10px;
      color: var(--gh-muted);
      pointer-events: none;
    }
    input {
      width: 100%;
      padding-inline-start: 30px;
    }
  `,
})
export class SearchBox {
  readonly value = input('');
  readonly label = input.required<string>();
  readonly searched = output<string>();

  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  protected typed(event: Event, text: string): void {
    if (!(event as InputEvent).isComposing) this.later(text);
  }

  protected later(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.searched.emit(text.trim()), PAUSE_MS);
  }

  protected now(text: string): void {
    clearTimeout(this.timer);
    this.searched.emit(text.trim());
  }
}
