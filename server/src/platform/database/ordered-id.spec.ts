import { orderedId } from './ordered-id.js';

describe('an ordered id', () => {
  it('is a UUID of version 7', () =>
    expect(orderedId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));

  it('says when it was made, and nothing else of it twice', () => {
    const at = Date.UTC(2026, 10, 28);
    const ids = Array.from({ length: 1_000 }, () => orderedId(at));
    expect(new Set(ids).size).toBe(1_000);
    expect(new Set(ids.map((id) => Number.parseInt(id.replace('-', '').slice(0, 12), 16)))).toEqual(new Set([at]));
  });

  it('comes after those of an earlier millisecond', () => {
    const ids = [1, 255, 256, 65_536, 2 ** 40].map((at) => orderedId(at));
    expect(ids.toSorted()).toEqual(ids);
  });
});
