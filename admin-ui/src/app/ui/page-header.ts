import { Component, effect, inject, input } from '@angular/core';
import { Title } from '@angular/platform-browser';

/** The head of a page: title, one line on what it is for, and its acts at the right. It also names the browser tab. */
@Component({
  selector: 'gh-page-header',
  template: `
    <div class="text">
      <h1>{{ heading() }}</h1>
      @if (lead()) {
        <p class="gh-muted">{{ lead() }}</p>
      }
    </div>
    <div class="acts"><ng-content /></div>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: flex-end;
      justify-content: space-between;
      gap: var(--gh-3);
      margin-bottom: var(--gh-5);
    }
    .text {
      min-width: 0;
      max-width: 720px;
    }
    p {
      margin-top: 2px;
    }
    .acts {
      display: flex;
      flex-wrap: wrap;
      gap: var(--gh-2);
    }
  `,
})
export class PageHeader {
  readonly heading = input.required<string>();
  readonly lead = input('');

  constructor() {
    const title = inject(Title);
    effect(() => title.setTitle(`${this.heading()} · Gatehouse`));
  }
}
