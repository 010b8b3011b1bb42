import type { ServerResponse } from 'node:http';
import { whenClosed } from '../../platform/index.js';
import { EventStream } from '../http/event-stream.js';
import type { EventLog } from './event-log.js';

/** How soon a client should come back whose connection broke, ms. */
const RETRY_MS = 1_000;

/** What becomes of a stream whose connection broke. */
export interface StreamFate {
  /** How long it waits for its client to come back, ms. */
  readonly graceMs: number;
  /** It will not be heard any more. */
  onLost(): void;
}

/**
 * One event stream of a session, as its client sees it: with a log it outlives its connection for a while, and goes on
 * exactly where it was when the client comes back.
 */
export class SessionStream {
  private connection: EventStream | undefined;
  private patience: NodeJS.Timeout | undefined;
  private ended = false;
  private lost = false;

  constructor(
    response: ServerResponse,
    private readonly log: EventLog | undefined,
    private readonly fate: StreamFate,
  ) {
    const connection = this.connect(response);
    if (log) connection.prime(log.beginning, RETRY_MS);
  }

  send(message: object): void {
    if (this.ended || this.lost) return;
    const text = JSON.stringify(message);
    const id = this.log?.append(text);
    this.connection?.sendText(text, id);
  }

  /** Goes on after an event. @returns whether everything since is still there */
  resume(response: ServerResponse, number: number): boolean {
    const missed = this.lost ? undefined : this.log?.after(number);
    if (!missed) return false;
    clearTimeout(this.patience);
    this.connection?.end();
    const connection = this.connect(response);
    for (const { id, text } of missed) connection.sendText(text, id);
    if (this.ended) this.hangUp();
    return true;
  }

  /** Nothing more will be said; the client may still fetch what it did not hear. */
  end(): void {
    if (this.ended || this.lost) return;
    this.ended = true;
    this.hangUp();
  }

  /** Ends at once, and leaves nothing to come back for. */
  close(): void {
    this.connection?.end();
    this.forget();
  }

  private connect(response: ServerResponse): EventStream {
    const connection = new EventStream(response);
    this.connection = connection;
    whenClosed(response, () => {
      if (this.connection !== connection) return;
      this.connection = undefined;
      this.waitForReturn();
    });
    return connection;
  }

  private hangUp(): void {
    this.connection?.end();
    this.connection = undefined;
    this.waitForReturn();
  }

  private waitForReturn(): void {
    clearTimeout(this.patience);
    if (!this.log) return this.forget();
    this.patience = setTimeout(() => this.forget(), this.fate.graceMs).unref();
  }

  private forget(): void {
    clearTimeout(this.patience);
    if (this.lost) return;
    this.lost = true;
    this.connection = undefined;
    this.log?.clear();
    this.fate.onLost();
  }
}
