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
});
