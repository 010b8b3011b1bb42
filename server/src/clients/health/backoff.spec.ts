import { NETWORK_BACKOFF, STDIO_BACKOFF, backoffMs } from './backoff.js';

describe('backoff', () => {
  it('doubles up to its limit', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) => backoffMs(failures, STDIO_BACKOFF, 0.999_999));
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('spreads over the upper half of a step', () => {
    expect([0, 0.5].map((random) => backoffMs(3, STDIO_BACKOFF, random))).toEqual([2_000, 3_000]);
  });

  it('stays finite after years of failures', () => {
    expect(backoffMs(1_000_000, NETWORK_BACKOFF, 0)).toBe(4_000);
  });
});
