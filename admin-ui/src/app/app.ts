import { Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';
import { Toasts } from './ui/toasts';

/** The root: whichever page the address asks for, and the short messages above it. */
@Component({
  selector: 'gh-app',
  imports: [RouterOutlet, Toasts],
  template: `
    <router-outlet />
    <gh-toasts />
  `,
})
export class App {}
