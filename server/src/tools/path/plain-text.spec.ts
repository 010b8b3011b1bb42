import fc from 'fast-check';
import { mapTexts, withoutTerminalControl } from './plain-text.js';

describe('text without terminal control', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['colours in 8 bits', '\u009b31mred', 'red'],
    ['a clipboard write', 'a\u001b]52;c;ZXZpbA==\u0007b', 'ab'],
    ['a hidden link', '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\', 'click'],
    ['a device string', 'a\u001bP$q"p\u001b\\b', 'ab'],
    ['a reset', 'a\u001bcb', 'ab'],
    ['a bell, a backspace and a NUL', 'a\u0007\u0008\u0000b', 'ab'],
    ['a sequence cut short', 'a\u001b[', 'a'],
  ])('drops %s', (_, text, expected) => expect(withoutTerminalControl(text)).toBe(expected));

  it('keeps line breaks, tabs, emoji and Chinese', () => {
    const text = 'a\tb\r\nc 🙂 中文 \u00a0é';
    expect(withoutTerminalControl(text)).toBe(text);
  });

  it('leaves nothing behind that a terminal would act on', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('\u001b', '[', ']', '\\', '\u0007', '\u009b', '\u009c', '3', ';', 'm', 'a', '\u0000'),
        }),
        (text) => {
          // eslint-disable-next-line no-control-regex -- control characters are what this looks for
          expect(withoutTerminalControl(text)).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
        },
      ),
    );
  });

  it('cleans strings at any depth and shares what it need not change', () => {
    const clean = { list: ['x'] };
    const value = { clean, dirty: ['\u0007y'] };
    const result = mapTexts(value, withoutTerminalControl);
    expect(result.dirty).toEqual(['y']);
    expect(result.clean).toBe(clean);
    expect(mapTexts(clean, withoutTerminalControl)).toBe(clean);
  });
});
