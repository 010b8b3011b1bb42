import { jest } from '@jest/globals';
import { Deadline } from './deadline.js';

describe('a deadline', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('passes once its time is used up', () => {
    const deadline = new Deadline(100);
    jest.advanceTimersByTime(99);
    expect([deadline.signal.aborted, deadline.leftMs]).toEqual([false, 1]);
    jest.advanceTimersByTime(1);
    expect(deadline.signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('stands still until the last of several pauses is over', () => {
    const deadline = new Deadline(100);
    jest.advanceTimersByTime(40);
    const [first, second] = [deadline.pause(), deadline.pause()];
    jest.advanceTimersByTime(1_000);
    first();
    first();
    jest.advanceTimersByTime(1_000);
    expect([deadline.signal.aborted, deadline.leftMs, deadline.pausedMs]).toEqual([false, 60, 2_000]);
    second();
    jest.advanceTimersByTime(59);
    expect(deadline.signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect([deadline.signal.aborted, deadline.pausedMs]).toEqual([true, 2_000]);
  });

  it('does not fire after its end, even when a pause ends later', () => {
    const deadline = new Deadline(100);
    const resume = deadline.pause();
    deadline.end();
    resume();
    jest.advanceTimersByTime(10_000);
    expect(deadline.signal.aborted).toBe(false);
  });
});
