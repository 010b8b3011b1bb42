import { Component } from '@angular/core';

/** The product's mark: a gate. */
@Component({
  selector: 'gh-brand',
  template: `
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" />
      <path d="M8 25V14a8 8 0 0 1 16 0v11M13 25V15.5a3 3 0 0 1 6 0V25" />
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
    }
    rect {
      fill: var(--gh-primary-fill);
    }
    path {
      fill: none;
      stroke: #fff;
      stroke-width: 2.4;
      stroke-linecap: round;
    }
  `,
})
export class Brand {}
