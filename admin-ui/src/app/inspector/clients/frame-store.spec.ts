import type { TrafficFrame } from '@gatehouse/api-client';
import { FrameStore } from './frame-store';

const frame = (n: number, fields: Partial<TrafficFrame> = {}): TrafficFrame => ({
  n,
  at: '2026-01-01T00:00:00.000Z',
  hop: 'client',
  direction: 'in',
  message: { id: n, method: 'ping' },
  size: 10,
  ...fields,
});

describe('the messages of a client', () => {
  let store: FrameStore;
  const shown = (): number[] => store.shown().map(({ n }) => n);

  beforeEach(() => (store = new FrameStore()));

  it('are taken once, though the server shows them again after a break', () => {
    for (const n of [1, 2, 1, 2, 3]) store.add(frame(n));
    expect(shown()).toEqual([1, 2, 3]);
  });

  it('wait while the reader reads', () => {
    store.add(frame(1));
    store.pause();
    store.add(frame(2));
    expect([shown(), store.unseen()]).toEqual([[1], 1]);
    store.resume();
    expect([shown(), store.unseen()]).toEqual([[1, 2], 0]);
  });

  it('can be narrowed down', () => {
    store.add(frame(1));
    store.add(frame(2, { hop: 'service', direction: 'out', message: { id: 1, method: 'tools/call' } }));
    store.add(frame(3, { direction: 'out', message: { id: 1, error: { message: 'no' } } }));
    store.hop.set('service');
    expect(shown()).toEqual([2]);
    store.hop.set('all');
    store.failuresOnly.set(true);
    expect(shown()).toEqual([3]);
    store.failuresOnly.set(false);
    store.text.set('TOOLS');
    expect(shown()).toEqual([2]);
  });

  it('say how many are missing, but not of those that were cleared', () => {
    store.add(frame(11));
    expect(store.dropped()).toBe(10);
    store.clear();
    store.add(frame(12));
    expect([shown(), store.dropped()]).toEqual([[12], 0]);
  });

  it('know the answer to a request', () => {
    store.add(frame(1));
    store.add(frame(2, { hop: 'service', direction: 'in', message: { id: 1, result: {} } }));
    store.add(frame(3, { direction: 'out', message: { id: 1, result: {} } }));
    expect(store.answerTo(frame(1))?.n).toBe(3);
    expect(store.answerTo(frame(2))).toBeUndefined();
  });
});
