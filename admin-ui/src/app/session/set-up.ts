import { Component, computed, inject, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { Title } from '@angular/platform-browser';
import { ActivatedRoute, Router, RouterLink } from '@angular/router';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Deed } from '../ui/deed';
import { FailureNote } from '../ui/failure-note';
import { Field } from '../ui/field';
import { Entrance } from './entrance';
import { PASSWORD_LENGTH } from './password';
import { Session } from './session';

/** Creating the owner's account with the one-time link that the server prints. */
@Component({
  selector: 'gh-set-up',
  imports: [FormsModule, RouterLink, TranslocoDirective, NzButtonComponent, FailureNote, Field, Entrance],
  template: `
    <ng-container *transloco="let t">
      <gh-entrance [heading]="t('setUp.title')" [lead]="t(token ? 'setUp.lead' : 'setUp.noToken')">
        @if (token) {
          <form class="gh-stack" (ngSubmit)="create()">
            <gh-field [label]="t('setUp.name')" for="name" [optional]="t('optional')">
              <input class="gh-input" id="name" name="name" autocomplete="name" [(ngModel)]="displayName" />
            </gh-field>
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
            <gh-field [label]="t('signIn.password')" for="password" [hint]="t('setUp.passwordHint', { n: length })">
              <input
                class="gh-input"
                id="password"
                name="password"
                type="password"
                autocomplete="new-password"
                aria-describedby="password-help"
                required
                [(ngModel)]="password"
              />
            </gh-field>
            <gh-failure [error]="deed.error()" />
            @if (deed.error()?.code === 'setup_done') {
              <a routerLink="/sign-in">{{ t('signIn.act') }}</a>
            }
            <button nz-button nzType="primary" type="submit" [nzLoading]="deed.busy()" [disabled]="!complete()">
              {{ t('setUp.act') }}
            </button>
          </form>
        }
      </gh-entrance>
    </ng-container>
  `,
})
export default class SetUp {
  private readonly session = inject(Session);
  private readonly router = inject(Router);

  protected readonly length = PASSWORD_LENGTH;
  /** It stands behind `#`, so that it reaches no server log. */
  protected readonly token = new URLSearchParams(inject(ActivatedRoute).snapshot.fragment ?? '').get('token') ?? '';
  protected readonly displayName = signal('');
  protected readonly email = signal('');
  protected readonly password = signal('');
  protected readonly complete = computed(() => !!this.email() && this.password().length >= PASSWORD_LENGTH);
  protected readonly deed = new Deed();

  constructor() {
    inject(Title).setTitle('Gatehouse');
  }

  protected async create(): Promise<void> {
    const done = await this.deed.run(() =>
      this.session.setUp({
        token: this.token,
        email: this.email(),
        password: this.password(),
        displayName: this.displayName() || undefined,
      }),
    );
    if (done) await this.router.navigateByUrl('/');
  }
}
