import { PassingMap } from '../../platform/index.js';
import { Timer } from '../manager/timer.js';
import type { WorkId } from './attribution.js';

/** How long a service gets at least to end a stream by itself after it has answered, ms. At most twice as long. */
const LINGER_MS = 5_000;

/**
 * The streams on which answers come over HTTP. The SDK leaves one open for as long as the service does, unless the request
 * is cancelled in the modern era; here it is hung up as soon as nobody waits, and soon after the answer has come, so that a
 * service cannot collect open sockets.
 */
export class AnswerStreams {
  private readonly waiting = new PassingMap<WorkId, AbortController>();
  private answeredNow: AbortController[] = [];
  private answeredBefore: AbortController[] = [];
  private readonly sweep = new Timer();

  /** @param signal the SDK's own wish to hang up @returns what hangs up */
  begin(id: WorkId, signal: AbortSignal | undefined): AbortSignal {
    const line = new AbortController();
    signal?.addEventListener('abort', () => line.abort(signal.reason), { once: true });
    this.waiting.set(id, line);
    return line.signal;
  }

  answered(id: WorkId): void {
    const line = this.waiting.get(id);
    if (!line) return;
    this.waiting.delete(id);
    // At once would cost the connection that the next request could use.
    this.answeredNow.push(line);
    if (!this.sweep.isSet) this.sweepLater();
  }

  /** It has ended by itself. */
  end(id: WorkId): void {
    this.waiting.delete(id);
  }

  hangUp(id: WorkId): void {
    this.waiting.get(id)?.abort(new Error('nobody waits for the answer'));
    this.waiting.delete(id);
  }

  private sweepLater(): void {
    this.sweep.set(LINGER_MS, () => {
      for (const line of this.answeredBefore) line.abort(new Error('the answer came'));
      this.answeredBefore = this.answeredNow;
      this.answeredNow = [];
      if (this.answeredBefore.length > 0) this.sweepLater();
    });
  }
}
