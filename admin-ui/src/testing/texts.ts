import { importProvidersFrom } from '@angular/core';
import { TranslocoTestingModule, provideTranslocoMissingHandler, type Translation } from '@jsverse/transloco';
import { provideNzIconsTesting } from 'ng-zorro-antd/icon/testing';
import en from '../app/i18n/en';
import zh from '../app/i18n/zh';

/** A missing text is a mistake: it fails the test that meets it. */
class NoMissingText {
  handle(key: string): never {
    throw new Error(`No text for "${key}".`);
  }
}

/** The real dictionaries, loaded at once, in English; a module's own are given by scope. Icons need no server. */
export const provideTestTexts = (scopes: Record<string, { en: Translation; zh: Translation }> = {}) => [
  importProvidersFrom(
    TranslocoTestingModule.forRoot({
      langs: { en: { ...en, ...pick(scopes, 'en') }, 'zh-CN': { ...zh, ...pick(scopes, 'zh') } },
      translocoConfig: { availableLangs: ['zh-CN', 'en'], defaultLang: 'en', reRenderOnLangChange: true },
      preloadLangs: true,
    }),
  ),
  provideTranslocoMissingHandler(NoMissingText),
  provideNzIconsTesting(),
];

const pick = (scopes: Record<string, { en: Translation; zh: Translation }>, language: 'en' | 'zh') =>
  Object.fromEntries(Object.entries(scopes).map(([scope, both]) => [scope, both[language]]));
