import { firstLanguage } from './languages';

describe('the first language', () => {
  it('is the remembered one', () => expect(firstLanguage('en', ['zh-CN'])).toBe('en'));
  it('is Chinese for any Chinese browser', () => expect(firstLanguage(undefined, ['zh-TW', 'en'])).toBe('zh-CN'));
  it('follows the order of the browser', () => expect(firstLanguage(undefined, ['fr', 'en-GB', 'zh'])).toBe('en'));
  it('is English when nothing is known', () => expect(firstLanguage('xx', ['fr'])).toBe('en'));
});
