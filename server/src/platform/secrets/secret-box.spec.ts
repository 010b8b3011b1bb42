import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SealBroken, SecretBox } from './secret-box.js';

const ring = (...ids: string[]) => ({ current: ids[0] ?? 'k1', keys: new Map(ids.map((id) => [id, randomBytes(32)])) });
const PLACE = 'mcp_service:42:auth';

describe('SecretBox', () => {
  it('gives back any text that it sealed', () => {
    const box = new SecretBox(ring('k1'));
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => box.open(box.seal(text, PLACE), PLACE) === text));
  });

  it('never seals the same text to the same bytes', () => {
    const box = new SecretBox(ring('k1'));
    expect(box.seal('secret', PLACE)).not.toBe(box.seal('secret', PLACE));
  });

  it('does not open a secret that was moved to another row', () => {
    const box = new SecretBox(ring('k1'));
    expect(() => box.open(box.seal('secret', PLACE), 'mcp_service:43:auth')).toThrow(SealBroken);
  });

  it('does not open when any one character is altered', () => {
    const box = new SecretBox(ring('k1'));
    const sealed = box.seal('secret', PLACE);
    for (let index = 0; index < sealed.length; index += 1) {
      const other = sealed[index] === 'A' ? 'B' : 'A';
      const altered = sealed.slice(0, index) + other + sealed.slice(index + 1);
      expect(() => box.open(altered, PLACE)).toThrow(SealBroken);
    }
  });

  it.each(['x', '-TAMPERED', '=', ' ', '\n'])('does not open with %j behind it', (more) => {
    const box = new SecretBox(ring('k1'));
    expect(() => box.open(box.seal('secret', PLACE) + more, PLACE)).toThrow(SealBroken);
  });

  it('opens what an older key sealed and seals with the current one', () => {
    const old = ring('k1');
    const sealed = new SecretBox(old).seal('secret', PLACE);
    const rotated = new SecretBox({ current: 'k2', keys: new Map([...old.keys, ['k2', randomBytes(32)]]) });
    expect(rotated.open(sealed, PLACE)).toBe('secret');
    expect(rotated.seal('secret', PLACE)).toMatch(/^v1\.k2\./);
  });

  it('does not open without the key', () => {
    const sealed = new SecretBox(ring('k1')).seal('secret', PLACE);
    expect(() => new SecretBox(ring('k2')).open(sealed, PLACE)).toThrow(SealBroken);
  });
});
