import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { Rail } from './rail';
import { TopBar } from './top-bar';

/** The frame around every page of the console. */
@Component({
  selector: 'gh-shell',
  imports: [RouterOutlet, TranslocoDirective, Rail, TopBar],
  template: `
    <ng-container *transloco="let t">
      <a class="skip" href="#content" (click)="skip($event, content)">{{ t('skip') }}</a>
      <gh-rail />
      <div class="right">
        <header><gh-top-bar /></header>
        <main #content id="content" tabindex="-1">
          <div class="page"><router-outlet /></div>
        </main>
      </div>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      height: 100vh;
      height: 100dvh;
    }
    .right {
      display: flex;
      flex: 1;
      flex-direction: column;
      min-width: 0;
    }
    main {
      flex: 1;
      min-height: 0;
      overflow: auto;
      outline: none;
    }
    .page {
      max-width: 1360px;
      margin: 0 auto;
      padding: var(--gh-6);
    }
    .skip {
      position: absolute;
      z-index: 10;
      top: -60px;
      left: var(--gh-4);
      padding: var(--gh-2) var(--gh-4);
      border-radius: var(--gh-radius);
      background: var(--gh-primary-fill);
      color: var(--gh-on-primary);
    }
    .skip:focus {
      top: var(--gh-2);
    }
    @media (max-width: 720px) {
      .page {
        padding: var(--gh-4);
      }
    }
  `,
})
export default class Shell {
  /** The address of an anchor would lead away from the page because of the base address: move the focus by hand. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
