import type { ServerResponse } from 'node:http';
import { whenClosed } from '../../platform/index.js';

const KEEP_ALIVE_MS = 15_000;
/** A client that lets this much pile up does not read any more, bytes. */
const MAX_BACKLOG = 1024 * 1024;

/** Server-sent events to one client: opens at once, keeps intermediaries awake, and gives up on a client that does not read. */
export class EventStream {
  private readonly keepAlive: NodeJS.Timeout;

  constructor(private readonly response: ServerResponse) {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-cache, no-transform',
      'X-Accel-Buffering': 'no',
    });
    response.flushHeaders();
    this.keepAlive = setInterval(() => response.write(': keep-alive\n\n'), KEEP_ALIVE_MS);
    whenClosed(response, () => clearInterval(this.keepAlive));
  }

  /** @param id by which the client can ask for what comes after, when the connection breaks */
  send(message: object, id?: string): void {
    this.sendText(JSON.stringify(message), id);
  }

  /** @param text of one line */
  sendText(text: string, id?: string, event = 'message'): void {
    if (this.response.writableEnded || this.response.destroyed) return;
    if (this.response.writableLength > MAX_BACKLOG) {
      this.response.destroy();
      return;
    }
    this.response.write(`event: ${event}\n${id === undefined ? '' : `id: ${id}\n`}data: ${text}\n\n`);
  }

  /** An id before there is anything to say, and how soon to come back when the connection breaks (SEP-1699). */
  prime(id: string, retryMs: number): void {
    this.response.write(`id: ${id}\nretry: ${retryMs}\ndata: \n\n`);
  }

  end(): void {
    clearInterval(this.keepAlive);
    this.response.end();
  }
}
