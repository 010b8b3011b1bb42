import { Component, inject, input, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Title } from '@angular/platform-browser';
import { Router } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Deed } from '../ui/deed';
import { FailureNote } from '../ui/failure-note';
import { Field } from '../ui/field';
import { Entrance } from './entrance';
import { insideTarget } from './inside-target';
import { Session } from './session';

/** Signing in with e-mail and password. */
@Component({
  selector: 'gh-sign-in',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, FailureNote, Field, Entrance],
  template: `
    <ng-container *transloco="let t">
      <gh-entrance [heading]="t('signIn.title')" [lead]="t('signIn.lead')">
        <form class="gh-stack" (ngSubmit)="signIn()">
          <gh-field [label]="t('signIn.email')" for="email">
            <input
              class="gh-input"
              id="email"
              name="email"
              type="email"
              autocomplete="username"
              required
              [(ngModel)]="email"
            />
          </gh-field>
          <gh-field [label]="t('signIn.password')" for="password">
            <input
              class="gh-input"
              id="password"
              name="password"
              type="password"
              autocomplete="current-password"
              required
              [(ngModel)]="password"
            />
          </gh-field>
          <gh-failure [error]="deed.error()" />
          <button
            nz-button
            nzType="primary"
            type="submit"
            [nzLoading]="deed.busy()"
            [disabled]="!email() || !password()"
          >
            {{ t('signIn.act') }}
          </button>
        </form>
      </gh-entrance>
    </ng-container>
  `,
})
export default class SignIn {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  /** Where to go afterwards; from the query string. */
  readonly next = input<string>();

  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly deed = new Deed();

  constructor() {
    inject(Title).setTitle('Gatehouse');
  }

  protected async signIn(): Promise<void> {
    const done = await this.deed.run(() => this.session.signIn({ email: this.email(), password: this.password() }));
    if (done) await this.router.navigateByUrl(insideTarget(this.next()));
  }
}
