import type { ServerResponse } from 'node:http';
import { whenClosed } from './when-closed.js';

/** Unsent bytes after which a reader is dropped; it reads everything anew when it comes back. */
const MAX_UNSENT_BYTES = 1024 * 1024;
/** How soon a dropped reader should come back, ms. */
const RETRY_MS = 2_000;

/** Writes server-sent events to one reader. `Events` names the types, and what each carries. */
export class EventOutlet<Events extends object> {
  constructor(private readonly response: ServerResponse) {}

  open(): void {
    this.response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    this.write(`retry: ${RETRY_MS}\n\n`);
  }

  send<T extends keyof Events & string>(type: T, data: Events[T]): void {
    this.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Says nothing, so that nobody on the way takes the silence for the end. */
  keepAlive(): void {
    this.write(': \n\n');
  }

  end(): void {
    this.response.end();
  }

  /** Called once, when the reader is gone for whatever reason. */
  whenGone(then: () => void): void {
    whenClosed(this.response, then);
  }

  private write(text: string): void {
    if (this.response.destroyed || this.response.writableEnded) return;
    this.response.write(text);
    if (this.response.writableLength > MAX_UNSENT_BYTES) this.response.destroy();
  }
}
