import { Injectable, isDevMode } from '@angular/core';
import {
  provideTransloco,
  provideTranslocoMissingHandler,
  type Translation,
  type TranslocoLoader,
  type TranslocoMissingHandler,
} from '@jsverse/transloco';
import { LANGUAGES, type Language } from './languages';

/** The frame's own texts; a module's come by `provideTexts`. */
const FRAME: Record<Language, () => Promise<{ default: Translation }>> = {
  'zh-CN': () => import('./zh'),
  en: () => import('./en'),
};

@Injectable()
export class FrameTexts implements TranslocoLoader {
  async getTranslation(language: string): Promise<Translation> {
    return (await FRAME[language as Language]()).default;
  }
}

/** A missing text shows its key and says so on the console, where the browser tests look. */
@Injectable()
export class MissingText implements TranslocoMissingHandler {
  handle(key: string): string {
    console.error(`No text for "${key}".`);
    return key;
  }
}

export const provideAllTexts = () => [
  provideTransloco({
    config: {
      availableLangs: [...LANGUAGES],
      defaultLang: 'en',
      reRenderOnLangChange: true,
      prodMode: !isDevMode(),
      missingHandler: { allowEmpty: true },
      scopes: { keepCasing: true },
    },
    loader: FrameTexts,
  }),
  provideTranslocoMissingHandler(MissingText),
];
