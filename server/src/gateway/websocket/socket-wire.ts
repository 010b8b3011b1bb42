import type { WebSocket } from 'ws';

/** A client that lets this much pile up does not read any more, bytes. */
const MAX_BACKLOG = 8 * 1024 * 1024;

/** Close codes of RFC 6455. */
export const CLOSE = { goingAway: 1001, unsupportedData: 1003, policy: 1008 } as const;

/** The sending side of one socket. Gives up on a client that does not read. */
export class SocketWire {
  private readonly leaving = new AbortController();

  constructor(private readonly socket: WebSocket) {
    socket.once('close', () => this.leaving.abort());
    // What ends a connection is told by its close; nobody is interested in how.
    socket.on('error', () => socket.terminate());
  }

  /** Aborted when the connection is gone. */
  get gone(): AbortSignal {
    return this.leaving.signal;
  }

  say(message: object): void {
    void this.send(JSON.stringify(message));
  }

  /** @returns when it is on its way, so that whoever waits sends no faster than the client reads */
  async send(text: string): Promise<void> {
    if (this.socket.readyState !== this.socket.OPEN) return;
    if (this.socket.bufferedAmount > MAX_BACKLOG) return this.socket.terminate();
    // The callback also comes, with an error, when the connection ends before.
    await new Promise<void>((resolve) => this.socket.send(text, () => resolve()));
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }
}
