import { DOCUMENT, Injectable, inject, signal } from '@angular/core';
import { TranslocoService } from '@jsverse/transloco';
import { NzI18nService, en_US, zh_CN } from 'ng-zorro-antd/i18n';
import { remember, remembered } from '../ui/memory';

export const LANGUAGES = ['zh-CN', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const KEY = 'gatehouse.language';
const ZORRO = { 'zh-CN': zh_CN, en: en_US };

/** The language first shown: the remembered one, else the browser's, Chinese when it prefers any. */
export function firstLanguage(stored: string | undefined, browser: readonly string[]): Language {
  if (stored === 'zh-CN' || stored === 'en') return stored;
  const known = browser.find((tag) => /^(zh|en)\b/i.test(tag));
  return known?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** The language of the console; changing it changes every text, date and Accept-Language at once. */
@Injectable({ providedIn: 'root' })
export class Languages {
  private readonly transloco = inject(TranslocoService);
  private readonly zorro = inject(NzI18nService);
  private readonly document = inject(DOCUMENT);
  private readonly selected = signal<Language>(firstLanguage(remembered(KEY), navigator.languages));

  readonly current = this.selected.asReadonly();

  constructor() {
    this.apply(this.selected());
  }

  use(language: Language): void {
    this.selected.set(language);
    remember(KEY, language);
    this.apply(language);
  }

  private apply(language: Language): void {
    this.transloco.setActiveLang(language);
    this.zorro.setLocale(ZORRO[language]);
    this.document.documentElement.lang = language;
  }
}
