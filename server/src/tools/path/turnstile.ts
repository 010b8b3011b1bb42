/** Somebody did not get in: too many wait already, or the wait was too long. */
export class TurnedAway extends Error {
  constructor(readonly reason: 'queue-full' | 'waited-too-long') {
    super(reason);
    this.name = 'TurnedAway';
  }
}

export interface TurnstileOptions {
  /** How many of one key may be inside. */
  seats: number;
  /** How many of one key may wait. */
  queue: number;
  waitMs: number;
}

interface Room {
  inside: number;
  readonly waiting: Set<() => void>;
}

/** Lets a bounded number in per key; whoever comes later waits in line, and not for ever. Keys without guests cost nothing. */
export class Turnstile {
  private readonly rooms = new Map<string, Room>();

  constructor(private readonly options: TurnstileOptions) {}

  /**
   * @returns how to leave; must be called exactly once
   * @throws {TurnedAway}
   * @throws the signal's reason, when it is aborted while waiting
   */
  async enter(key: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    const room = this.roomOf(key);
    if (room.inside < this.options.seats) room.inside += 1;
    else await this.wait(room, signal);
    return () => this.leave(key, room);
  }

  /** Comes in without waiting, whether or not a seat is free: for somebody who only stepped out. @returns how to leave */
  reenter(key: string): () => void {
    const room = this.roomOf(key);
    room.inside += 1;
    return () => this.leave(key, room);
  }

  private roomOf(key: string): Room {
    const room = this.rooms.get(key) ?? { inside: 0, waiting: new Set() };
    this.rooms.set(key, room);
    return room;
  }

  /** A seat is handed over, never freed in between: nobody who comes later can take it. */
  private leave(key: string, room: Room): void {
    const [next] = room.waiting;
    if (next && room.inside <= this.options.seats) {
      room.waiting.delete(next);
      next();
      return;
    }
    room.inside -= 1;
    if (room.inside === 0) this.rooms.delete(key);
  }

  private wait(room: Room, signal: AbortSignal | undefined): Promise<void> {
    if (room.waiting.size >= this.options.queue) throw new TurnedAway('queue-full');
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        room.waiting.delete(onTurn);
        act();
      };
      const onTurn = (): void => settle(resolve);
      const onAbort = (): void => settle(() => reject(signal?.reason));
      const timer = setTimeout(() => settle(() => reject(new TurnedAway('waited-too-long'))), this.options.waitMs);
      room.waiting.add(onTurn);
      signal?.addEventListener('abort', onAbort);
    });
  }
}
