import { waitFor } from '@gatehouse/testing';
import { RequestContext, type Context } from '../platform/index.js';
import { WakingLoop } from './waking-loop.js';

const ofAnn: Context = { requestId: 'request-of-ann', language: 'zh', ip: '203.0.113.7', trailed: false };

describe('work that is woken', () => {
  it('is not that of the request that woke it', async () => {
    const seen: (string | null)[] = [];
    const loop = new WakingLoop('spec', async () => void seen.push(RequestContext.current().ip));
    loop.start(3_600_000);
    await waitFor('the first turn', () => seen.length === 1);
    RequestContext.run(ofAnn, () => loop.wake());
    await waitFor('the second turn', () => seen.length === 2);
    await loop.stop();
    expect(seen).toEqual([null, null]);
  });

  it('is never done twice at once, and once more for whoever woke it meanwhile', async () => {
    let inside = 0;
    let turns = 0;
    const loop: WakingLoop = new WakingLoop('spec', async () => {
      inside += 1;
      expect(inside).toBe(1);
      turns += 1;
      if (turns === 1) for (let each = 0; each < 5; each += 1) loop.wake();
      await Promise.resolve();
      inside -= 1;
      if (turns === 2) done();
    });
    let done: () => void = () => undefined;
    const twice = new Promise<void>((resolve) => (done = resolve));
    loop.start(3_600_000);
    await twice;
    await loop.stop();
    expect(turns).toBe(2);
  });

  it('goes on after a turn that failed', async () => {
    let turns = 0;
    const loop = new WakingLoop('spec', async () => {
      turns += 1;
      if (turns === 1) {
        loop.wake();
        throw new Error('once');
      }
      done();
    });
    let done: () => void = () => undefined;
    const again = new Promise<void>((resolve) => (done = resolve));
    loop.start(3_600_000);
    await again;
    await loop.stop();
  });
});
