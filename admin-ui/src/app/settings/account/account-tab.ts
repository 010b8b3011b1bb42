import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzButtonComponent } from 'ng-zorro-antd/button';
import { Languages } from '../../i18n/languages';
import { PASSWORD_LENGTH } from '../../session/password';
import { Session } from '../../session/session';
import { Deed } from '../../ui/deed';
import { FailureNote } from '../../ui/failure-note';
import { Field } from '../../ui/field';
import { Toaster } from '../../ui/toasts';

/** Own name, language and password. */
@Component({
  selector: 'gh-account-tab',
  imports: [FormsModule, TranslocoDirective, NzButtonComponent, FailureNote, Field],
  templateUrl: './account-tab.html',
  styles: `
    .two {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(320px, 1fr));
      gap: var(--gh-4);
      align-items: start;
    }
    button[type='submit'] {
      align-self: flex-start;
    }
  `,
})
export default class AccountTab {
  private readonly toaster = inject(Toaster);
  private readonly languages = inject(Languages);
  protected readonly session = inject(Session);

  protected readonly length = PASSWORD_LENGTH;
  protected readonly displayName = linkedSignal(() => this.session.me()?.displayName ?? '');
  protected readonly language = linkedSignal<'zh' | 'en'>(() => (this.languages.current() === 'en' ? 'en' : 'zh'));
  protected readonly current = signal('');
  protected readonly next = signal('');
  protected readonly saving = new Deed();
  protected readonly changing = new Deed();
  protected readonly passwordReady = computed(() => !!this.current() && this.next().length >= PASSWORD_LENGTH);

  protected async save(): Promise<void> {
    const change = { displayName: this.displayName().trim(), language: this.language() };
    if (await this.saving.run(() => this.session.changeProfile(change))) this.toaster.success('settings.account.saved');
  }

  protected async changePassword(): Promise<void> {
    if (!(await this.changing.run(() => this.session.changePassword(this.current(), this.next())))) return;
    this.current.set('');
    this.next.set('');
    this.toaster.success('settings.account.changed');
  }
}
