import { Component, inject } from '@angular/core';
import { TranslocoDirective } from '@jsverse/transloco';
import { Languages, type Language } from '../i18n/languages';
import { THEME_CHOICES, Theme, type ThemeChoice } from '../theme/theme';
import { Session } from '../session/session';
import { Toaster } from '../ui/toasts';

/** Half and half, a sun, a moon: in a square of 16. */
const SHAPES: Record<ThemeChoice, string> = {
  auto: 'M8 1.5a6.5 6.5 0 1 1 0 13zm0 1.4a5.1 5.1 0 1 0 0 10.2v1.4a6.5 6.5 0 0 1 0-13z',
  light:
    'M8 4.6a3.4 3.4 0 1 1 0 6.8 3.4 3.4 0 0 1 0-6.8zM7.3 1h1.4v2H7.3zm0 12h1.4v2H7.3zM1 7.3h2v1.4H1zm12 0h2v1.4h-2zM2.6 3.6l1-1L5 4 4 5zm8.4 8.4 1-1 1.4 1.4-1 1zM11 4l1.4-1.4 1 1L12 5zM2.6 12.4 4 11l1 1-1.4 1.4z',
  dark: 'M6.2 1.8a6.4 6.4 0 1 0 8 8A5.6 5.6 0 0 1 6.2 1.8z',
};

/** Language and theme: in the top bar, and on the pages before it. */
@Component({
  selector: 'gh-preferences',
  imports: [TranslocoDirective],
  template: `
    <ng-container *transloco="let t">
      <div class="choices" role="group" [attr.aria-label]="t('language.label')">
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
      <div class="choices" role="group" [attr.aria-label]="t('theme.label')">
        @for (choice of choices; track choice) {
          <button
            type="button"
            [attr.aria-label]="t('theme.' + choice)"
            [attr.aria-pressed]="theme.choice() === choice"
            [title]="t('theme.' + choice)"
            (click)="theme.use(choice)"
          >
            <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path [attr.d]="shapes[choice]" /></svg>
          </button>
        }
      </div>
    </ng-container>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: var(--gh-2);
    }
    .choices {
      display: flex;
      padding: 2px;
      border-radius: var(--gh-radius);
      background: var(--gh-off-soft);
    }
    path {
      fill: currentColor;
    }
    .choices button {
      display: grid;
      place-items: center;
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
    .choices button[aria-pressed='true'] {
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
  protected readonly shapes = SHAPES;

  /** Changes the console at once, and the account so that it holds on other machines too. */
  protected speak(language: Language): void {
    this.languages.use(language);
    if (!this.session.me()) return;
    this.session
      .changeProfile({ language: language === 'en' ? 'en' : 'zh' })
      .catch((error: unknown) => this.toaster.failure(error));
  }
}
