import { CdkMenu, CdkMenuItemRadio, CdkMenuTrigger } from '@angular/cdk/menu';
import { Component, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { NzIconDirective } from 'ng-zorro-antd/icon';
import { Languages, type Language } from '../i18n/languages';
import { THEME_CHOICES, Theme } from '../theme/theme';
import { Session } from '../session/session';
import { Toaster } from '../ui/toasts';

/** Language and theme: in the top bar, and on the pages before it. */
@Component({
  selector: 'gh-preferences',
  imports: [TranslocoDirective, NzIconDirective, CdkMenu, CdkMenuItemRadio, CdkMenuTrigger],
  template: `
    <ng-container *transloco="let t">
      <div class="languages" role="group" [attr.aria-label]="t('language.label')">
        <button
          type="button"
          lang="zh-CN"
          [attr.aria-pressed]="languages.current() === 'zh-CN'"
          (click)="speak('zh-CN')"
        >
          中
        </button>
        <button type="button" lang="en" [attr.aria-pressed]="languages.current() === 'en'" (click)="speak('en')">
          EN
        </button>
      </div>
      <button class="gh-icon-btn" type="button" [attr.aria-label]="t('theme.label')" [cdkMenuTriggerFor]="themes">
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.4" />
          <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
        </svg>
      </button>
      <ng-template #themes>
        <div class="gh-menu" cdkMenu>
          @for (choice of choices; track choice) {
            <button
              class="gh-menu-item"
              type="button"
              cdkMenuItemRadio
              [cdkMenuItemChecked]="theme.choice() === choice"
              (cdkMenuItemTriggered)="theme.use(choice)"
            >
              <nz-icon nzType="check" [style.visibility]="theme.choice() === choice ? 'visible' : 'hidden'" />
              {{ t('theme.' + choice) }}
            </button>
          }
        </div>
      </ng-template>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
    }
    .languages {
      display: flex;
      padding: 2px;
      border-radius: var(--gh-radius);
      background: var(--gh-off-soft);
    }
    .languages button {
      min-width: 32px;
      height: 24px;
      padding: 0 6px;
      border: 0;
      border-radius: 4px;
      background: none;
      color: var(--gh-muted);
      font: inherit;
      font-size: var(--gh-text-xs);
      line-height: 1;
      cursor: pointer;
    }
    .languages button[aria-pressed='true'] {
      background: var(--gh-raised);
      box-shadow: 0 1px 2px rgb(16 24 40 / 12%);
      color: var(--gh-text);
      font-weight: 600;
    }
  `,
})
export class Preferences {
  private readonly session = inject(Session);
  private readonly toaster = inject(Toaster);

  protected readonly languages = inject(Languages);
  protected readonly theme = inject(Theme);
  protected readonly choices = THEME_CHOICES;

  /** Changes the console at once, and the account so that it holds on other machines too. */
  protected speak(language: Language): void {
    this.languages.use(language);
    if (!this.session.me()) return;
    this.session
      .changeProfile({ language: language === 'en' ? 'en' : 'zh' })
      .catch((error: unknown) => this.toaster.failure(error));
  }
}
