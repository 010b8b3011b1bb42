import { jest } from '@jest/globals';
import { OverloadGate } from './overload-gate.js';

const BOUNDS = {
  takeInMs: 100,
  takeInReservedMs: 200,
  enough: 2,
  enoughReserved: 3,
  step: 4,
  restless: 0.9,
  waitMs: 50,
  mostWaiting: 2,
};

describe('the gate', () => {
  let nowMs: number;
  let computedMs: number;
  let utilisation: number;
  let endRound: () => void;
  let gate: OverloadGate;

  beforeEach(() => {
    nowMs = computedMs = utilisation = 0;
    gate = new OverloadGate(
      { nowMs: () => nowMs, computedMs: () => computedMs, utilisation: () => utilisation },
      BOUNDS,
      (then) => (endRound = then),
    );
    gate.judge(false);
  });

  it.each([
    ['everybody while there is time', 100, false, 'in'],
    ['nobody more when it is used up', 101, false, 'wait'],
    ['those with a place kept for them a while longer', 200, true, 'in'],
    ['not even those in the end', 201, true, 'wait'],
  ] as const)('lets in %s', (_, atMs, isReserved, verdict) => {
    nowMs = computedMs = atMs;
    expect(gate.judge(isReserved)).toBe(verdict);
  });

  it('lets in everybody when the time went to other processes', () => {
    nowMs = 1_000;
    computedMs = 100;
    expect(gate.judge(false)).toBe('in');
  });

  it.each([
    ['everybody while there is not enough at hand', 1, 1, false, 'in'],
    ['everybody while the process rests now and then', 5, 0.89, false, 'in'],
    ['nobody more when it has enough and never rests', 2, 0.9, false, 'wait'],
    ['those with a place kept for them a while longer', 2, 1, true, 'in'],
    ['not even those in the end', 3, 1, true, 'wait'],
  ] as const)('lets in %s', (_, atHand, used, isReserved, verdict) => {
    utilisation = used;
    for (let each = 0; each < atHand; each += 1) gate.take();
    expect(gate.judge(isReserved)).toBe(verdict);
  });

  it('tries more step by step while the process rests', () => {
    const come = (): number => {
      let came = 0;
      for (; gate.judge(false) === 'in'; came += 1) gate.take();
      return came;
    };
    utilisation = 0.5;
    expect(come()).toBe(6);
    utilisation = 0.6;
    expect(come()).toBe(4);
    utilisation = 0.9;
    expect(come()).toBe(0);
  });

  it('lets in somebody for each who is done', () => {
    utilisation = 1;
    const [done] = [gate.take(), gate.take()];
    expect(gate.judge(false)).toBe('wait');
    done();
    expect(gate.judge(false)).toBe('in');
  });

  it('lets in everybody again in the next round', () => {
    nowMs = computedMs = 1_000;
    expect(gate.judge(false)).toBe('wait');
    endRound();
    expect(gate.judge(false)).toBe('in');
  });

  describe('when there is no room', () => {
    let done: (() => void)[];
    let heard: string[];
    const wait = (name: string): (() => void) =>
      gate.wait(
        () => {
          heard.push(`${name} in`);
          done.push(gate.take());
        },
        () => heard.push(`${name} refused`),
      );

    beforeEach(() => {
      jest.useFakeTimers();
      utilisation = 1;
      heard = [];
      done = [gate.take(), gate.take()];
    });
    afterEach(() => jest.useRealTimers());

    it('lets those who wait in one after the other, as others are done', () => {
      wait('first');
      wait('second');
      done.shift()?.();
      expect(heard).toEqual(['first in']);
      done.shift()?.();
      expect(heard).toEqual(['first in', 'second in']);
    });

    it('lets nobody overtake them but those with a place kept for them', () => {
      wait('first');
      utilisation = 0;
      expect([gate.judge(false), gate.judge(true)]).toEqual(['wait', 'in']);
    });

    it('lets them in when the process rests again, though nobody is done', () => {
      wait('first');
      jest.advanceTimersByTime(40);
      utilisation = 0;
      jest.advanceTimersByTime(10);
      expect(heard).toEqual(['first in']);
    });

    it('refuses those who have waited for too long, and only those', () => {
      wait('first');
      nowMs = 49;
      wait('second');
      jest.advanceTimersByTime(50);
      expect(heard).toEqual([]);
      nowMs = 50;
      jest.advanceTimersByTime(50);
      expect(heard).toEqual(['first refused']);
      nowMs = 99;
      jest.advanceTimersByTime(50);
      expect(heard).toEqual(['first refused', 'second refused']);
      expect(jest.getTimerCount()).toBe(0);
    });

    it('forgets whoever is gone', () => {
      const leave = wait('first');
      wait('second');
      leave();
      leave();
      done.shift()?.();
      expect(heard).toEqual(['second in']);
      leave();
      done.shift()?.();
      expect(heard).toEqual(['second in']);
    });

    it('cuts off whoever comes while many wait', () => {
      const leave = wait('first');
      wait('second');
      expect(gate.judge(false)).toBe('cut');
      leave();
      expect(gate.judge(false)).toBe('wait');
    });

    it('keeps its order however many come and go', () => {
      const leaving = [];
      for (let at = 0; at < 3_000; at += 1) {
        const leave = wait(`${at}`);
        if (at % 3 === 0) leaving.push(leave);
      }
      for (const leave of leaving) leave();
      while (heard.length < 2_000) done.shift()?.();
      expect(heard).toEqual(Array.from({ length: 3_000 }, (_, at) => `${at} in`).filter((_, at) => at % 3 !== 0));
    });
  });
});
