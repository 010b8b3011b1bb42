import { provideTranslocoScope } from '@jsverse/transloco';
import type { Language } from './languages';

/** A dictionary: texts by key, nested. */
export interface Dictionary {
  [key: string]: string | Dictionary;
}

/** The same keys as another dictionary: what `zh.ts` must be for its `en.ts`. */
export type SameKeys<T> = { [K in keyof T]: T[K] extends string ? string : SameKeys<T[K]> };

export type DictionaryLoaders = Record<Language, () => Promise<{ default: Dictionary }>>;

/** Provides a module's texts to its routes; keys are written `scope.key`, and are fetched with the module. */
export const provideTexts = (scope: string, loader: DictionaryLoaders) => provideTranslocoScope({ scope, loader });
