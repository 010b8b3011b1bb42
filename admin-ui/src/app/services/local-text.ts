import type { LocalText } from '@gatehouse/api-client';

/** The text in the reader's language, else in the other one, else `fallback`. */
export function localText(text: LocalText | undefined, language: string, fallback = ''): string {
  const [first, second] = language.startsWith('zh') ? [text?.zh, text?.en] : [text?.en, text?.zh];
  return first || second || fallback;
}
