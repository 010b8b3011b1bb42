import { mostConnections, ownLimits } from './connection-bound.js';

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${soft}                 1048576              files\n`;

describe('the number of connections', () => {
  it.each([
    ['256', 128],
    ['1024', 512],
    ['1048576', 10_000],
    ['unlimited', 10_000],
  ])('is half of %s descriptors, and no more than one process answers well: %d', (soft, most) => {
    expect(mostConnections(limits(soft))).toBe(most);
  });

  it('has its usual bound where nobody says', () => {
    expect(mostConnections(undefined)).toBe(10_000);
  });

  it('follows what this machine says', () => {
    const own = ownLimits();
    expect(own === undefined || /^Max open files/m.test(own)).toBe(true);
    expect(mostConnections(own)).toBeGreaterThan(0);
  });
});
