import { Injectable } from '@nestjs/common';
import { AppError } from '../../../platform/index.js';
import type { McpCaller } from '../../caller.js';
import { ListWatch } from '../../list-watch.js';
import type { ParkableCall } from './parkable-call.js';
import { STATE_LIFETIME_MS } from './request-states.js';

/** How many calls wait for answers at the same time. */
const PER_PERSON = 20;
const IN_ALL = 2_000;
const COME_BACK_SECONDS = 60;

interface Kept {
  readonly call: ParkableCall;
  readonly userId: string;
  readonly unwatch: () => void;
  timer?: NodeJS.Timeout;
}

/**
 * Keeps the calls whose services asked something, from their first question to their end. A call ends here when nobody comes
 * back in time, when its credential does not work any more, and when the process stops.
 */
@Injectable()
export class ParkedCalls {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly watch: ListWatch) {}

  /** @throws {AppError} `too_many_calls` */
  keep(call: ParkableCall, caller: McpCaller): void {
    const { userId } = caller.principal;
    const ofPerson = [...this.kept.values()].filter((each) => each.userId === userId).length;
    if (ofPerson >= PER_PERSON || this.kept.size >= IN_ALL) {
      throw new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } });
    }
    const unwatch = this.watch.watch(caller, { onChanged: () => undefined, onRevoked: () => this.end(call.id) });
    this.kept.set(call.id, { call, userId, unwatch });
  }

  /** Its client was sent away: from now on somebody must come back in time. */
  park({ id }: ParkableCall): void {
    const kept = this.kept.get(id);
    if (!kept) return;
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => this.end(id), STATE_LIFETIME_MS);
    kept.timer.unref();
  }

  /** Its client is back. @returns undefined for what is not kept here, or not any more */
  take(id: string): ParkableCall | undefined {
    const kept = this.kept.get(id);
    clearTimeout(kept?.timer);
    return kept?.call;
  }

  /** Its client has the answer. */
  release(id: string): void {
    const kept = this.kept.get(id);
    clearTimeout(kept?.timer);
    kept?.unwatch();
    this.kept.delete(id);
  }

  end(id: string): void {
    this.kept.get(id)?.call.end();
    this.release(id);
  }

  endAll(): void {
    for (const id of this.kept.keys()) this.end(id);
  }
}
