import { Seats } from './seats.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('seats', () => {
  it('are taken in the order of the line', async () => {
    const seats = new Seats(1, 5);
    const inside: string[] = [];
    const enter = (name: string) =>
      seats.enter(60_000, undefined).then((leave) => {
        inside.push(name);
        return leave;
      });
    const [first, second, third] = [enter('a'), enter('b'), enter('c')];
    (await first)();
    (await second)();
    (await third)();
    expect(inside).toEqual(['a', 'b', 'c']);
  });

  it('turn away whoever finds the line full, or waits in vain', async () => {
    const seats = new Seats(1, 1);
    await seats.enter(60_000, undefined);
    const waiting = seats.enter(1, undefined);
    await expect(seats.enter(60_000, undefined)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await expect(waiting).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });

  it('are not lost to somebody who gave up waiting, even at the moment of their turn', async () => {
    const seats = new Seats(1, 5);
    const leave = await seats.enter(60_000, undefined);
    const abort = new AbortController();
    const gone = seats.enter(60_000, abort.signal);
    const lucky = seats.enter(60_000, undefined);
    await settled();
    abort.abort(new Error('gone'));
    leave();
    await expect(gone).rejects.toThrow('gone');
    (await lucky)();
    (await seats.enter(60_000, undefined))();
  });
});
