import { nextReserve, type Reserve } from './reserve.js';

describe('the reserve of a disk', () => {
  it.each<[Reserve, number, Reserve]>([
    ['enough', 0.05, 'enough'],
    ['enough', 0.0499, 'low'],
    ['enough', 0, 'low'],
    ['low', 0.0699, 'low'],
    ['low', 0.07, 'enough'],
    ['low', 1, 'enough'],
  ])('after %s with %d free is %s', (now, freePart, next) => {
    expect(nextReserve(now, freePart)).toBe(next);
  });

  it('does not flutter where what is free goes up and down around the step', () => {
    let reserve: Reserve = 'enough';
    const seen = [0.049, 0.051, 0.049, 0.06, 0.049].map((part) => (reserve = nextReserve(reserve, part)));
    expect(new Set(seen)).toEqual(new Set(['low']));
  });
});
