import { DOCUMENT, Injectable, computed, effect, inject, signal } from '@angular/core';
import { remember, remembered } from '../ui/memory';

export const THEME_CHOICES = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];

/** The key that theme.js, which runs before us, reads too. */
const KEY = 'gatehouse.theme';

/** Light, dark, or as the system says; the component sheet of the other theme is fetched when it is first needed. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly document = inject(DOCUMENT);
  private readonly system = matchMedia('(prefers-color-scheme: dark)');
  private readonly systemDark = signal(this.system.matches);
  private readonly selected = signal<ThemeChoice>(choiceOf(remembered(KEY)));

  readonly choice = this.selected.asReadonly();
  readonly dark = computed(() => this.selected() === 'dark' || (this.selected() === 'auto' && this.systemDark()));

  constructor() {
    this.system.addEventListener('change', (event) => this.systemDark.set(event.matches));
    effect(() => this.show(this.dark() ? 'dark' : 'light'));
  }

  use(choice: ThemeChoice): void {
    this.selected.set(choice);
    remember(KEY, choice);
  }

  private show(theme: 'light' | 'dark'): void {
    const root = this.document.documentElement;
    if (root.dataset['theme'] === theme) return;
    const old = this.document.getElementById('component-theme');
    const sheet = this.document.createElement('link');
    sheet.id = 'component-theme';
    sheet.rel = 'stylesheet';
    sheet.href = `zorro-${theme}.css`;
    sheet.addEventListener('load', () => old?.remove());
    this.document.head.append(sheet);
    root.dataset['theme'] = theme;
  }
}

const choiceOf = (stored: string | undefined): ThemeChoice =>
  THEME_CHOICES.find((choice) => choice === stored) ?? 'auto';
