import { nextMove } from './pool-size.js';

const BOUNDS = { min: 2, max: 4, targetWaitMs: 20, idleMs: 60_000 };
const QUIET = { size: 2, isOpening: false, longestWaitMs: 0, idleForMs: 0 };

describe('the size of a pool', () => {
  it.each([
    ['grows to its minimum at once', { size: 1 }, 'grow'],
    ['stays while nobody waits', {}, 'stay'],
    ['stays while a wait is short', { longestWaitMs: 19 }, 'stay'],
    ['grows when a call waits too long', { longestWaitMs: 20 }, 'grow'],
    ['grows by one at a time', { longestWaitMs: 20, isOpening: true }, 'stay'],
    ['never grows beyond its maximum', { size: 4, longestWaitMs: 10_000 }, 'stay'],
    ['shrinks when one was idle for long', { size: 3, idleForMs: 60_000 }, 'shrink'],
    ['keeps what is idle for a while', { size: 3, idleForMs: 59_999 }, 'stay'],
    ['never shrinks below its minimum', { idleForMs: 3_600_000 }, 'stay'],
    ['does not shrink while calls wait', { size: 4, idleForMs: 60_000, longestWaitMs: 30 }, 'stay'],
  ] as const)('%s', (_sentence, look, move) => {
    expect(nextMove({ ...QUIET, ...look }, BOUNDS)).toBe(move);
  });
});
