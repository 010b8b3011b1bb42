import type { LocalText } from '@gatehouse/api-client';

/** The text in the reader's language, else in the other, else `fallback`. */
export function localText(text: LocalText, language: string, fallback: string): string {
  const [first, second] = language.startsWith('zh') ? [text.zh, text.en] : [text.en, text.zh];
  return first || second || fallback;
}
