import fc from 'fast-check';
import { isItsOwnJson } from './own-json.js';

/** What a JSON parser makes of it, between quotes. */
function isSaidByParser(inside: Buffer): boolean {
  try {
    return JSON.parse(`"${inside.toString('latin1')}"`) === inside.toString('latin1');
  } catch {
    return false;
  }
}

describe('the inside of a JSON string stands for itself', () => {
  it.each([
    ['a control character', '\u0000', false],
    ['the last of them', '\u001f', false],
    ['an end of line', '\n', false],
    ['a backslash', '\\n', false],
    ['a space', ' ', true],
    ['DEL', '\u007f', true],
    ['other letters', 'é苏😀', true],
  ])('as the grammar says, wherever it is: %s', (_, text, expected) => {
    for (let before = 0; before < 9; before += 1)
      for (let behind = 0; behind < 9; behind += 1) {
        const all = Buffer.from(`>${'x'.repeat(before)}${text}${'\u00ff'.repeat(behind)}`);
        expect(isItsOwnJson(all.subarray(1))).toBe(expected);
      }
  });

  it('as a parser says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), fc.nat(3), (bytes, skipped) => {
        const inside = Buffer.from(bytes.filter((byte) => byte !== 0x22)).subarray(skipped);
        expect(isItsOwnJson(inside)).toBe(isSaidByParser(inside));
      }),
    );
  });
});
