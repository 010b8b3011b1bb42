import { beginsWork, keepsConnections, nextLevel, takesCalls, type PressureLevel } from './pressure.js';

describe('the level of pressure', () => {
  it.each<[PressureLevel, number, PressureLevel]>([
    ['none', 0.849, 'none'],
    ['none', 0.85, 'shedding'],
    ['none', 0.93, 'closing'],
    ['none', 1.02, 'refusing'],
    ['shedding', 0.8, 'shedding'],
    ['shedding', 0.799, 'none'],
    ['shedding', 0.919, 'shedding'],
    ['closing', 0.87, 'closing'],
    ['closing', 0.869, 'shedding'],
    ['closing', 0.79, 'none'],
    ['refusing', 0.9, 'refusing'],
    ['refusing', 0.899, 'closing'],
    ['refusing', 0.3, 'none'],
  ])('after %s with %d in use is %s', (now, use, next) => {
    expect(nextLevel(now, use)).toBe(next);
  });

  it('does not flutter where the use goes up and down around a step', () => {
    let level: PressureLevel = 'none';
    const seen = [0.86, 0.84, 0.86, 0.84, 0.86].map((use) => (level = nextLevel(level, use)));
    expect(new Set(seen)).toEqual(new Set(['shedding']));
  });

  it.each<[PressureLevel, boolean, boolean, boolean]>([
    ['none', true, true, true],
    ['shedding', false, true, true],
    ['closing', false, false, true],
    ['refusing', false, false, false],
  ])('%s begins work: %s, keeps connections: %s, takes calls: %s', (level, begins, keeps, takes) => {
    expect([beginsWork(level), keepsConnections(level), takesCalls(level)]).toEqual([begins, keeps, takes]);
  });
});
