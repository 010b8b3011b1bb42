import { DICTIONARIES, languageFor, localText, spanText } from './dictionary.js';

type Words = Record<string, unknown>;

/** Every text by its path; a text with a value in it is read with a sample. */
function textsOf(words: Words, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'function') return [[path + key, (value as (...sample: unknown[]) => string)('7', '8')]];
    return typeof value === 'string' ? [[path + key, value]] : textsOf(value as Words, `${path}${key}.`);
  });
}

const en = textsOf(DICTIONARIES.en);
const zh = new Map(textsOf(DICTIONARIES['zh-CN']));

describe('the dictionary', () => {
  it('says everything in both languages', () => {
    expect([...zh.keys()]).toEqual(en.map(([key]) => key));
    for (const [key, text] of [...en, ...zh]) expect([key, text.trim()]).toEqual([key, expect.stringMatching(/./)]);
  });

  it('has Chinese in the Chinese column, apart from the name of the other language', () => {
    const foreign = [...zh].filter(([key, text]) => !/\p{Script=Han}/u.test(text) && !key.startsWith('otherLanguage'));
    expect(foreign).toEqual([]);
  });

  it('keeps every value that a text is given', () => {
    for (const [key, text] of en) {
      const isGiven = text.includes('7');
      expect([key, zh.get(key)?.includes('7')]).toEqual([key, isGiven]);
    }
  });

  it('uses full-width marks in Chinese sentences', () => {
    expect([...zh].filter(([, text]) => /\p{Script=Han}[,.!?;:]/u.test(text))).toEqual([]);
  });
});

describe('languageFor', () => {
  it.each([
    ['zh-CN', 'en', ['en'], 'zh-CN'],
    ['en', 'zh', ['zh'], 'en'],
    ['auto', 'zh-Hans', ['en'], 'zh-CN'],
    ['auto', '', ['fr', 'zh-TW'], 'zh-CN'],
    ['auto', 'fr', ['de'], 'en'],
    ['', 'en-GB', [], 'en'],
  ] as const)('of %j on a page in %j with %j is %s', (attribute, page, browser, expected) =>
    expect(languageFor(attribute, page, browser)).toBe(expected),
  );
});

it('shows the other language rather than nothing', () => {
  expect(localText({ zh: '邮件' }, 'en')).toBe('邮件');
  expect(localText({ zh: '邮件', en: 'Mail' }, 'en')).toBe('Mail');
  expect(localText(undefined, 'en')).toBe('');
});

it('shows tenths of a second while they matter', () => {
  expect(spanText(420, DICTIONARIES.en)).toBe('0.4 s');
  expect(spanText(12_345, DICTIONARIES['zh-CN'])).toBe('12 秒');
});
