import { jest } from '@jest/globals';
import type { McpCaller } from '../../caller.js';
import type { ListWatch } from '../../list-watch.js';
import type { ParkableCall } from './parkable-call.js';
import { ParkedCalls } from './parked-calls.js';
import { STATE_LIFETIME_MS } from './request-states.js';

const caller = (userId: string): McpCaller => ({ principal: { userId } }) as unknown as McpCaller;

/** Only what the register needs of a call. */
class Call {
  ended = false;

  constructor(readonly id: string) {}

  end(): void {
    this.ended = true;
  }
}

const asCall = (call: Call): ParkableCall => call as unknown as ParkableCall;

describe('calls that wait for answers', () => {
  let watching: number;
  let calls: ParkedCalls;

  beforeEach(() => {
    jest.useFakeTimers();
    watching = 0;
    const watch = (): (() => void) => {
      watching += 1;
      return () => (watching -= 1);
    };
    calls = new ParkedCalls({ watch } as unknown as ListWatch);
  });

  afterEach(() => jest.useRealTimers());

  const kept = (id: string, userId = 'ann'): Call => {
    const call = new Call(id);
    calls.keep(asCall(call), caller(userId));
    return call;
  };

  it('end when nobody comes back in time, and leave nothing behind', () => {
    const call = kept('a');
    calls.park(asCall(call));
    jest.advanceTimersByTime(STATE_LIFETIME_MS - 1);
    expect(call.ended).toBe(false);
    jest.advanceTimersByTime(1);
    expect(call.ended).toBe(true);
    expect(calls.take('a')).toBeUndefined();
    expect(watching).toBe(0);
  });

  it('do not end while their client is here, and have the whole time again for the next question', () => {
    const call = kept('a');
    calls.park(asCall(call));
    jest.advanceTimersByTime(STATE_LIFETIME_MS - 1);
    expect(calls.take('a')).toBe(call);
    jest.advanceTimersByTime(STATE_LIFETIME_MS * 2);
    expect(call.ended).toBe(false);
    calls.park(asCall(call));
    jest.advanceTimersByTime(STATE_LIFETIME_MS);
    expect(call.ended).toBe(true);
  });

  it('are bounded for each person, and make room when they end', () => {
    const first = Array.from({ length: 20 }, (_, each) => kept(`ann ${each}`));
    expect(() => kept('one more')).toThrow('Too many calls');
    expect(() => kept('bob', 'bob')).not.toThrow();
    calls.release(first[0]?.id ?? '');
    expect(() => kept('one more')).not.toThrow();
  });

  it('all end with the process', () => {
    const both = [kept('a'), kept('b', 'bob')];
    calls.endAll();
    expect(both.map(({ ended }) => ended)).toEqual([true, true]);
    expect(watching).toBe(0);
  });
});
