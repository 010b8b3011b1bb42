import { Places } from './places.js';
import { Turnstile } from '../../limits/index.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

async function placesAt(turnstile: Turnstile): Promise<Places> {
  return new Places(await turnstile.enter('ann'), () => turnstile.reenter('ann'));
}

/** Something to wait for, and how to end the wait. */
function question(): { wait: () => Promise<void>; answer: () => void } {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  return { wait: () => answered, answer: () => answer() };
}

describe('a call that waits for a person', () => {
  const oneSeat = () => new Turnstile({ seats: 1, queue: 5, waitMs: 60_000 });

  it('takes nobody’s place meanwhile', async () => {
    const turnstile = oneSeat();
    const { wait, answer } = question();
    const places = await placesAt(turnstile);
    const waiting = places.without(wait);
    const leave = await turnstile.enter('ann');
    leave();
    answer();
    await waiting;
    places.leave();
  });

  it('goes on when it is answered, however many are inside; the next one then waits for both', async () => {
    const turnstile = oneSeat();
    const { wait, answer } = question();
    const places = await placesAt(turnstile);
    const waiting = places.without(wait);
    const leave = await turnstile.enter('ann');
    answer();
    await waiting;
    let third = false;
    const entering = turnstile.enter('ann').then((out) => {
      third = true;
      return out;
    });
    leave();
    await settled();
    expect(third).toBe(false);
    places.leave();
    (await entering)();
  });

  it('gives its place up once for several questions, and takes it again after the last', async () => {
    let taken = 1;
    const places = new Places(
      () => (taken -= 1),
      () => {
        taken += 1;
        return () => (taken -= 1);
      },
    );
    const [one, other] = [question(), question()];
    const both = [places.without(one.wait), places.without(other.wait)];
    expect(taken).toBe(0);
    one.answer();
    await both[0];
    expect(taken).toBe(0);
    other.answer();
    await both[1];
    expect(taken).toBe(1);
    places.leave();
    expect(taken).toBe(0);
  });

  it('takes no place again when it ended meanwhile', async () => {
    let taken = 1;
    const places = new Places(
      () => (taken -= 1),
      () => {
        taken += 1;
        return () => (taken -= 1);
      },
    );
    const { wait, answer } = question();
    const waiting = places.without(wait);
    places.leave();
    answer();
    await waiting;
    expect(taken).toBe(0);
  });
});
