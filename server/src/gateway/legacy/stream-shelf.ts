import type { ServerResponse } from 'node:http';
import { EventLog, parseEventId, type StreamKind } from './event-log.js';
import type { ReplayBudget } from './replay-budget.js';
import { SessionStream } from './session-stream.js';

/** Waiting times of resumable streams, ms. */
export interface StreamTimes {
  /** A stream waits so long for a client whose connection broke. */
  readonly graceMs: number;
  /** A call that takes longer goes on when its connection breaks. */
  readonly streamAfterMs: number;
}

/** The streams of one session to which its client can come back. */
export class StreamShelf {
  private readonly streams = new Map<string, SessionStream>();

  constructor(
    private readonly budget: ReplayBudget,
    readonly times: StreamTimes,
  ) {}

  /**
   * @param isResumable whether the client understands event ids and comes back
   * @param onLost called once, when nobody will hear the stream any more
   */
  open(response: ServerResponse, kind: StreamKind, isResumable: boolean, onLost: () => void): SessionStream {
    const { graceMs } = this.times;
    if (!isResumable) return new SessionStream(response, undefined, { graceMs, onLost });
    const log = new EventLog(kind, this.budget);
    const fate = {
      graceMs,
      onLost: () => {
        this.streams.delete(log.id);
        onLost();
      },
    };
    const stream = new SessionStream(response, log, fate);
    this.streams.set(log.id, stream);
    return stream;
  }

  /** @returns whether the stream that the id names is one of this session's and went on */
  resume(lastEventId: string, response: ServerResponse): boolean {
    const place = parseEventId(lastEventId);
    return (place && this.streams.get(place.logId)?.resume(response, place.number)) ?? false;
  }

  closeAll(): void {
    for (const stream of this.streams.values()) stream.close();
  }
}
