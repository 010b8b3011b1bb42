import { AppError } from '../../platform/index.js';
import { Seats } from './seats.js';
import { WaitedTooLong } from './within.js';

/** Somebody who keeps local commands running. */
export interface Resting {
  /** Ends what nobody uses. @returns whether a command ends by that */
  rest(): boolean;
}

/** A transport whose start starts a process. */
interface Startable {
  start(): Promise<void>;
  /** Called once when its process is gone, or will never be there. */
  onend?: () => void;
}

const DEFAULT_MOST = 100;
const RETRY_S = 5;

/** How long somebody waits for room, ms: stopping a command takes six seconds at most. */
const PATIENCE_MS = 8_000;
const LONGEST_LINE = 1_000;
/** How often it is looked, while somebody waits, whether a command is unused by now, ms. */
const LOOK_EVERY_MS = 100;

/**
 * How many local commands run at once, in the whole process. Where there is no room for another, the one that was unused for
 * longest ends; where all are in use, whoever wants one more waits for a while and is refused then.
 */
export class CommandRoom {
  /** Who is not in a room of its own. */
  others: Resting = { rest: () => false };
  /** How many exchanges each has under way; whoever was used last stands last. */
  private readonly uses = new Map<Resting, number>();
  private readonly seats: Seats;
  /** How many were ended for somebody who waits, and are not gone yet. */
  private ending = 0;
  private looking: NodeJS.Timeout | undefined;

  constructor(
    private readonly most = DEFAULT_MOST,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.seats = new Seats(most, LONGEST_LINE);
  }

  /** The same transport, which starts its process only where there is room. */
  admit<T extends Startable>(transport: T): T {
    const start = transport.start.bind(transport);
    let leave: (() => void) | undefined;
    let isOver = false;
    const end = (): void => {
      isOver = true;
      leave?.();
      leave = undefined;
    };
    const startInRoom = async (): Promise<void> => {
      leave = await this.enter();
      try {
        // Whoever wanted it may have gone while it waited.
        if (isOver) throw new Error('closed before it was started');
        await start();
      } catch (error) {
        end();
        throw error;
      }
    };
    return Object.assign(transport, { onend: end, start: startInRoom });
  }

  add(client: Resting): void {
    this.uses.set(client, 0);
  }

  remove(client: Resting): void {
    this.uses.delete(client);
  }

  /** Runs `work`, for which what `client` keeps is needed. */
  async during<T>(client: Resting, work: () => Promise<T>): Promise<T> {
    const before = this.uses.get(client) ?? 0;
    this.uses.delete(client);
    this.uses.set(client, before + 1);
    try {
      return await work();
    } finally {
      const now = this.uses.get(client);
      if (now !== undefined) this.uses.set(client, now - 1);
      if (this.looking) this.look();
    }
  }

  /** @throws {AppError} `too_many_commands` */
  private async enter(): Promise<() => void> {
    const seat = this.seats.enter(this.patienceMs, undefined);
    this.look();
    try {
      const leave = await seat;
      return () => {
        this.ending = Math.max(0, this.ending - 1);
        leave();
      };
    } catch (error) {
      throw error instanceof WaitedTooLong ? this.full() : error;
    } finally {
      this.look();
    }
  }

  /** Makes room for everybody who waits, as far as there is something to end; looks again as long as somebody waits. */
  private look(): void {
    while (this.seats.waiting > this.ending && this.makeRoom()) this.ending += 1;
    if (this.seats.waiting > 0) this.looking ??= setInterval(() => this.look(), LOOK_EVERY_MS);
    else if (this.looking) {
      clearInterval(this.looking);
      this.looking = undefined;
    }
  }

  private makeRoom(): boolean {
    for (const [client, uses] of this.uses) if (uses === 0 && client.rest()) return true;
    return this.others.rest();
  }

  private full(): AppError {
    return new AppError('too_many_commands', { details: { limit: this.most, seconds: RETRY_S } });
  }
}
