import { errorBody, type AppError } from '../../platform/index.js';
import type { Language } from '@gatehouse/contracts';
import type { TurnChunk } from './parts.js';
import { NEW_TURN, applyChunk, isStale, type Turn } from './turn.js';

/** Unsent bytes after which a reader counts as gone. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;

/** For whom the answer is written. */
export interface Audience {
  language: Language;
  requestId: string;
}

/**
 * One answer while it is written: every chunk is folded into the message to be stored, and shown to whoever listens.
 *
 * Two signals, because they end different things: `modelSignal` when nobody will read on, `callSignal` only when the person
 * said stop or the time is up. A tool call in flight outlives a closed page, so that its effect is on record.
 */
export class LiveTurn {
  /** What the person is sent. Cancelling it means that the page went away. */
  readonly chunks: ReadableStream<TurnChunk>;
  private outlet: ReadableStreamDefaultController<TurnChunk> | undefined;
  private readonly model = new AbortController();
  private readonly calls = new AbortController();
  private ended: 'stopped' | 'disconnected' | undefined;
  private state: Turn = NEW_TURN;

  constructor(
    readonly messageId: string,
    readonly audience: Audience,
  ) {
    this.chunks = new ReadableStream<TurnChunk>(
      { start: (controller) => void (this.outlet = controller), cancel: () => this.disconnect() },
      { highWaterMark: MAX_UNSENT_BYTES, size: weightOf },
    );
  }

  get turn(): Turn {
    return this.state;
  }

  /** Why it was ended early by a person; undefined when it was not. */
  get endedBy(): 'stopped' | 'disconnected' | undefined {
    return this.ended;
  }

  get modelSignal(): AbortSignal {
    return this.model.signal;
  }

  get callSignal(): AbortSignal {
    return this.calls.signal;
  }

  emit(chunk: TurnChunk): void {
    if (isStale(this.state, chunk)) return;
    this.state = applyChunk(this.state, chunk);
    this.send(chunk);
  }

  /** Says why the answer is incomplete, in the person's language: kept with the message, and as the stream's own error part. */
  fail(error: AppError): void {
    const body = errorBody(error, this.audience.language, this.audience.requestId);
    const { code, message, remedy, requestId } = body.error;
    this.emit({ type: 'data-error', data: { code, message, remedy, requestId } });
    this.send({ type: 'error', errorText: JSON.stringify(body) });
  }

  /** The person wants no more: model and calls end. */
  stop(): void {
    this.ended ??= 'stopped';
    this.model.abort();
    this.calls.abort();
  }

  /** The time is up: model and calls end, and it is nobody's wish. */
  expire(): void {
    this.model.abort();
    this.calls.abort();
  }

  /** Nobody reads any more: the model ends, calls in flight finish. */
  disconnect(): void {
    this.outlet = undefined;
    this.ended ??= 'disconnected';
    this.model.abort();
  }

  close(): void {
    this.outlet?.close();
    this.outlet = undefined;
  }

  private send(chunk: TurnChunk): void {
    if (!this.outlet) return;
    this.outlet.enqueue(chunk);
    if ((this.outlet.desiredSize ?? 0) > 0) return;
    this.outlet.error(new Error('The reader was too slow.'));
    this.disconnect();
  }
}

/** Roughly its bytes on the wire; only outputs can be large. */
function weightOf(chunk?: TurnChunk): number {
  if (chunk === undefined) return 0;
  if (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') return 64 + chunk.delta.length;
  return chunk.type === 'tool-output-available' ? JSON.stringify(chunk).length : 256;
}
