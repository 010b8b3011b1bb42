import { OverloadGate } from './overload-gate.js';

const BOUNDS = {
  takeInMs: 100,
  takeInReservedMs: 200,
  enough: 2,
  enoughReserved: 3,
  restless: 0.9,
  holdMs: [0, 0] as const,
  mostHeld: 2,
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
    ['nobody more when it is used up', 101, false, 'later'],
    ['those with a place kept for them a while longer', 200, true, 'in'],
    ['not even those in the end', 201, true, 'later'],
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
    ['nobody more when it has enough and never rests', 2, 0.9, false, 'later'],
    ['those with a place kept for them a while longer', 2, 1, true, 'in'],
    ['not even those in the end', 3, 1, true, 'later'],
  ] as const)('lets in %s', (_, atHand, used, isReserved, verdict) => {
    utilisation = used;
    for (let each = 0; each < atHand; each += 1) gate.take();
    expect(gate.judge(isReserved)).toBe(verdict);
  });

  it('lets in somebody for each who is done', () => {
    utilisation = 1;
    const [done] = [gate.take(), gate.take()];
    expect(gate.judge(false)).toBe('later');
    done();
    expect(gate.judge(false)).toBe('in');
  });

  it('lets in everybody again in the next round', () => {
    nowMs = computedMs = 1_000;
    expect(gate.judge(false)).toBe('later');
    endRound();
    expect(gate.judge(false)).toBe('in');
  });

  it('cuts off whoever comes while many are being turned away, until they have been', async () => {
    nowMs = computedMs = 1_000;
    const told = new Promise<void>((resolve) => gate.hold(resolve));
    const leave = gate.hold(() => undefined);
    expect(gate.judge(false)).toBe('cut');
    leave();
    leave();
    expect(gate.judge(false)).toBe('later');
    gate.hold(() => undefined);
    await told;
    expect(gate.judge(false)).toBe('later');
  });
});
