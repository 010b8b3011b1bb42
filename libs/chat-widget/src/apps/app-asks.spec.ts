/** @jest-environment node */
import { boundedHeight, contextText, openableUrl, textOf } from './app-asks.js';

describe('an address that an app wants to open', () => {
  it.each([
    ['https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['http://example.com', 'http://example.com/'],
    ['HTTPS://EXAMPLE.com', 'https://example.com/'],
    ['https://例え.jp', 'https://xn--r8jz45g.jp/'],
    ['https://bank.example@evil.example/', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/passwd', undefined],
    ['blob:https://example.com/1', undefined],
    ['//example.com', undefined],
    ['', undefined],
  ])('%s: %s', (asked, url) => expect(openableUrl(asked)).toBe(url));
});

describe('what an app says', () => {
  it('is its text, and nothing that is none', () => {
    const blocks = [
      { type: 'text', text: 'one' },
      { type: 'image', data: 'x' },
      null,
      7,
      { type: 'text', text: 'two' },
    ];
    expect(textOf(blocks)).toBe('one\ntwo');
    expect(textOf()).toBe('');
  });

  it('is bounded', () => {
    expect(textOf([{ type: 'text', text: 'x'.repeat(10_000) }])).toHaveLength(4_000);
    expect(contextText({ structuredContent: { long: 'x'.repeat(10_000) } })).toHaveLength(4_000);
  });

  it('may be structured', () => {
    expect(contextText({ content: [{ type: 'text', text: 'chosen' }], structuredContent: { id: 7 } })).toBe(
      'chosen\n{"id":7}',
    );
  });
});

describe('the height of an app', () => {
  it.each([
    [undefined, undefined],
    [Number.NaN, undefined],
    [0, 60],
    [-5, 60],
    [200.2, 201],
    [1e9, 640],
  ])('%s: %s', (asked, height) => expect(boundedHeight(asked)).toBe(height));
});
