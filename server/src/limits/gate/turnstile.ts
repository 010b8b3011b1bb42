/** Somebody did not get in: too many wait already, or the wait was too long. */
export class TurnedAway extends Error {
  constructor(readonly reason: 'queue-full' | 'waited-too-long') {
    super(reason);
    this.name = 'TurnedAway';
  }
}

/** How many of one key may be inside, and how many may wait. */
export interface Share {
  readonly seats: number;
  readonly queue: number;
}

export interface TurnstileOptions extends Share {
  readonly waitMs: number;
}

interface Waiter {
  admit(): void;
  turnAway(): void;
}

interface Room {
  inside: number;
  seats: number;
  waiting: number;
  /** Who waits, by lane; the lane whose turn is next comes first. */
  readonly lanes: Map<string, Waiter[]>;
}

/**
 * Lets a bounded number in per key; whoever comes later waits in line, and not for ever. Keys without guests cost nothing.
 *
 * The line is fair among lanes, not among guests: the lanes take turns, so a lane with a thousand waiting delays another
 * by one place each round. A full line makes room for a lane that has fewer in it, at the expense of the last comer of
 * the longest.
 */
export class Turnstile {
  private readonly rooms = new Map<string, Room>();

  constructor(private readonly options: TurnstileOptions) {}

  /**
   * @param lane with whom this guest shares their turns; without one, all guests of a key are one lane
   * @param share of this key, where it is not the usual one
   * @returns how to leave; must be called exactly once
   * @throws {TurnedAway}
   * @throws the signal's reason, when it is aborted while waiting
   */
  async enter(key: string, signal?: AbortSignal, lane = '', share: Share = this.options): Promise<() => void> {
    signal?.throwIfAborted();
    return this.tryEnter(key, share) ?? this.wait(key, lane, share, signal);
  }

  /** Comes in if there is a free seat and nobody waits for it. @returns how to leave; undefined when there is none */
  tryEnter(key: string, share: Share = this.options): (() => void) | undefined {
    const room = this.roomOf(key, share);
    if (room.inside >= room.seats) return undefined;
    room.inside += 1;
    return () => this.leave(key, room);
  }

  /** Comes in without waiting, whether or not a seat is free: for somebody who only stepped out. @returns how to leave */
  reenter(key: string, share: Share = this.options): () => void {
    const room = this.roomOf(key, share);
    room.inside += 1;
    return () => this.leave(key, room);
  }

  /** How many are inside and how many wait, right now. */
  crowd(key: string): { inside: number; waiting: number } {
    const { inside = 0, waiting = 0 } = this.rooms.get(key) ?? {};
    return { inside, waiting };
  }

  private roomOf(key: string, { seats }: Share): Room {
    let room = this.rooms.get(key);
    if (!room) {
      room = { inside: 0, seats, waiting: 0, lanes: new Map() };
      this.rooms.set(key, room);
    } else if (room.seats !== seats) {
      room.seats = seats;
      fill(room);
    }
    return room;
  }

  private leave(key: string, room: Room): void {
    room.inside -= 1;
    fill(room);
    if (room.inside === 0 && room.waiting === 0) this.rooms.delete(key);
  }

  /** @throws {TurnedAway} when the line is full of others who have no more in it than this lane would have */
  private wait(key: string, lane: string, share: Share, signal: AbortSignal | undefined): Promise<() => void> {
    const room = this.roomOf(key, share);
    if (room.waiting >= share.queue) makeRoom(room, lane);
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        act();
      };
      const waiter: Waiter = {
        admit: () => settle(() => resolve(() => this.leave(key, room))),
        turnAway: () => settle(() => reject(new TurnedAway('queue-full'))),
      };
      const giveUp = (reason: unknown): void => {
        stepOut(room, lane, waiter);
        settle(() => reject(reason));
      };
      const onAbort = (): void => giveUp(signal?.reason);
      const timer = setTimeout(() => giveUp(new TurnedAway('waited-too-long')), this.options.waitMs);
      room.waiting += 1;
      const others = room.lanes.get(lane);
      if (others) others.push(waiter);
      else room.lanes.set(lane, [waiter]);
      signal?.addEventListener('abort', onAbort);
    });
  }
}

/** A seat is handed over in the same tick: nobody who comes later can take it. */
function fill(room: Room): void {
  while (room.inside < room.seats && room.waiting > 0) {
    const [first] = room.lanes;
    if (!first) return;
    const [lane, waiters] = first;
    const next = waiters.shift();
    // The lane goes to the end, or away when nobody is left in it.
    room.lanes.delete(lane);
    if (waiters.length > 0) room.lanes.set(lane, waiters);
    if (!next) continue;
    room.waiting -= 1;
    room.inside += 1;
    next.admit();
  }
}

/** Turns away the last comer of the longest lane, if `lane` stays shorter than it even so. */
function makeRoom(room: Room, lane: string): void {
  let longest: [string, Waiter[]] | undefined;
  for (const each of room.lanes) if (!longest || each[1].length > longest[1].length) longest = each;
  const own = room.lanes.get(lane)?.length ?? 0;
  const last = longest && longest[1].length > own + 1 ? longest[1].at(-1) : undefined;
  if (!longest || !last) throw new TurnedAway('queue-full');
  stepOut(room, longest[0], last);
  last.turnAway();
}

function stepOut(room: Room, lane: string, waiter: Waiter): void {
  const waiters = room.lanes.get(lane);
  const at = waiters?.indexOf(waiter) ?? -1;
  if (!waiters || at < 0) return;
  waiters.splice(at, 1);
  if (waiters.length === 0) room.lanes.delete(lane);
  room.waiting -= 1;
}
