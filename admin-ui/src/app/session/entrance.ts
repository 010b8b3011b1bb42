import { Component, input } from '@angular/core';
import { Brand } from '../shell/brand';
import { Preferences } from '../shell/preferences';

/** The frame of the pages before one is signed in. */
@Component({
  selector: 'gh-entrance',
  imports: [Brand, Preferences],
  template: `
    <header><gh-preferences /></header>
    <main>
      <div class="card gh-card">
        <p class="brand"><gh-brand /> Gatehouse</p>
        <h1>{{ heading() }}</h1>
        <p class="gh-muted">{{ lead() }}</p>
        <ng-content />
      </div>
    </main>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      min-height: 100vh;
    }
    header {
      display: flex;
      justify-content: flex-end;
      padding: var(--gh-3) var(--gh-6);
    }
    main {
      display: flex;
      flex: 1;
      justify-content: center;
      padding: 8vh var(--gh-4) var(--gh-8);
    }
    .card {
      width: min(420px, 100%);
      align-self: flex-start;
      padding: var(--gh-8);
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 10px;
      margin-bottom: var(--gh-5);
      font-size: var(--gh-text-lg);
      font-weight: 650;
    }
    h1 + p {
      margin: var(--gh-1) 0 var(--gh-5);
    }
  `,
})
export class Entrance {
  readonly heading = input.required<string>();
  readonly lead = input('');
}
