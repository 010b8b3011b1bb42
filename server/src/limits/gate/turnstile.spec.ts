import { Turnstile, TurnedAway } from './turnstile.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Tries to enter and notes the name once inside. */
const visitor = (turnstile: Turnstile, inside: string[], name: string, signal?: AbortSignal) =>
  turnstile.enter('room', signal).then((leave) => {
    inside.push(name);
    return leave;
  });

describe('a turnstile', () => {
  it('lets in as many as there are seats, the others in the order they came', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 5, waitMs: 60_000 });
    const inside: string[] = [];
    const [first, second, third] = ['a', 'b', 'c'].map((name) => visitor(turnstile, inside, name));
    await settled();
    expect(inside).toEqual(['a']);
    (await first)();
    await settled();
    expect(inside).toEqual(['a', 'b']);
    (await second)();
    (await third)();
    expect(inside).toEqual(['a', 'b', 'c']);
  });

  it('keeps keys apart', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 0, waitMs: 60_000 });
    await turnstile.enter('a');
    await expect(turnstile.enter('b')).resolves.toBeInstanceOf(Function);
  });

  it('turns away whoever finds the line full', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 0, waitMs: 60_000 });
    await turnstile.enter('room');
    await expect(turnstile.enter('room')).rejects.toEqual(new TurnedAway('queue-full'));
  });

  it('turns away whoever waited too long', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 1, waitMs: 1 });
    await turnstile.enter('room');
    await expect(turnstile.enter('room')).rejects.toEqual(new TurnedAway('waited-too-long'));
  });

  it('gives the place in line of somebody who left to the next', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 5, waitMs: 60_000 });
    const inside: string[] = [];
    const gone = new AbortController();
    const leave = await turnstile.enter('room');
    const abandoned = visitor(turnstile, inside, 'gone', gone.signal);
    const patient = visitor(turnstile, inside, 'patient');
    gone.abort(new Error('went away'));
    await expect(abandoned).rejects.toThrow('went away');
    leave();
    await patient;
    expect(inside).toEqual(['patient']);
  });

  /** Fills a turnstile of one seat, lets a line form, then lets one after the other in. @returns lanes, in the order they came in */
  async function turnsOf(line: readonly string[], queue = 1_000): Promise<string[]> {
    const turnstile = new Turnstile({ seats: 1, queue, waitMs: 60_000 });
    const order: string[] = [];
    const leaveFirst = await turnstile.enter('service');
    const waiting = line.map((lane) =>
      turnstile.enter('service', undefined, lane).then(
        (leave) => {
          order.push(lane);
          leave();
        },
        () => order.push(`${lane} turned away`),
      ),
    );
    await settled();
    leaveFirst();
    await Promise.all(waiting);
    return order;
  }

  it('lets lanes take turns: whoever has 95 % of the line delays the others by one place each round', async () => {
    const greedy = Array.from({ length: 95 }, () => 'greedy');
    const order = await turnsOf([...greedy, 'ann', 'bo', 'ann', 'bo', 'ann']);
    expect(order.slice(0, 9)).toEqual(['greedy', 'ann', 'bo', 'greedy', 'ann', 'bo', 'greedy', 'ann', 'greedy']);
    expect(order).toHaveLength(100);
  });

  it('makes room in a full line for a lane with fewer in it, at the expense of the longest', async () => {
    const order = await turnsOf(['greedy', 'greedy', 'greedy', 'ann'], 3);
    expect(order).toEqual(['greedy turned away', 'greedy', 'ann', 'greedy']);
  });

  it('makes no room for the lane that fills the line, nor for one that would be as long as the longest', async () => {
    expect(await turnsOf(['a', 'a', 'a'], 2)).toEqual(['a turned away', 'a', 'a']);
    expect(await turnsOf(['a', 'b', 'c'], 2)).toEqual(['c turned away', 'a', 'b']);
  });

  it('keeps to the bound of its line, whatever lanes come', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 3, waitMs: 60_000 });
    await turnstile.enter('service');
    const ending = new AbortController();
    const endings = Array.from({ length: 20 }, (_, at) =>
      turnstile.enter('service', ending.signal, `lane ${at % 5}`).catch((error: Error) => error.message),
    );
    await settled();
    expect(turnstile.crowd('service')).toEqual({ inside: 1, waiting: 3 });
    ending.abort(new Error('gone'));
    expect((await Promise.all(endings)).sort()).toEqual([...Array(3).fill('gone'), ...Array(17).fill('queue-full')]);
  });

  it('lets those in who wait when the share grows, and nobody above a share that shrank', async () => {
    const turnstile = new Turnstile({ seats: 1, queue: 5, waitMs: 60_000 });
    const inside: string[] = [];
    const leaves = [turnstile.enter('room'), visitor(turnstile, inside, 'second'), visitor(turnstile, inside, 'third')];
    await settled();
    expect(turnstile.tryEnter('room', { seats: 3, queue: 5 })).toBeUndefined();
    await settled();
    expect(inside).toEqual(['second', 'third']);
    for (const leave of leaves.slice(1)) (await leave)();
    const fourth = turnstile.enter('room', undefined, '', { seats: 1, queue: 5 });
    await settled();
    expect(turnstile.crowd('room')).toEqual({ inside: 1, waiting: 1 });
    (await leaves[0])?.();
    (await fourth)();
    expect(turnstile.crowd('room')).toEqual({ inside: 0, waiting: 0 });
  });
});
