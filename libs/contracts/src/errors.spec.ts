import { readFileSync } from 'node:fs';
import { ERRORS, errorText, languageOf, type ErrorCode } from './errors.js';
import { errorPage } from '../../../scripts/error-pages.mjs';

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('the error catalogue', () => {
  it.each(codes)('%s says what happened and what to do, in both languages', (code) => {
    for (const language of ['en', 'zh'] as const) {
      const { message, remedy } = ERRORS[code][language];
      expect(message.length).toBeGreaterThan(5);
      expect(remedy.length).toBeGreaterThan(5);
      expect(/\p{Script=Han}/u.test(message)).toBe(language === 'zh');
    }
  });

  it.each(codes)('%s names the same details in both languages', (code) => {
    const placeholders = (language: 'en' | 'zh') =>
      new Set(`${ERRORS[code][language].message} ${ERRORS[code][language].remedy}`.match(/\{\w+\}/g) ?? []);
    expect(placeholders('zh')).toEqual(placeholders('en'));
  });

  it.each([
    ['en', 'docs/errors.md'],
    ['zh', 'docs/zh/errors.md'],
  ] as const)('is what the page for %s says (write it with `node scripts/error-pages.mjs`)', (language, page) => {
    expect(readFileSync(page, 'utf8')).toBe(errorPage(ERRORS, language));
  });

  it('fills details into the text and marks a missing one', () => {
    expect(errorText('rate_limited', 'en', { seconds: 7 }).remedy).toBe('Try again in 7 seconds.');
    expect(errorText('rate_limited', 'en').remedy).toBe('Try again in ? seconds.');
  });
});

describe('languageOf', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en-GB,en;q=0.9,zh;q=0.8', 'en'],
    ['fr, zh-TW;q=0.5', 'zh'],
    ['zh;q=0, en', 'en'],
    ['de', 'en'],
    [undefined, 'en'],
  ] as const)('reads %s as %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
