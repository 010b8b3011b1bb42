import type { Socket } from 'node:net';
import type { ConnectionFault, Direction } from './faults.ts';

/** Waits; rejects when `signal` is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<unknown>;

/** What a lane may do to its connection. */
export interface LaneContext {
  readonly signal: AbortSignal;
  readonly wait: Wait;
  /** Resolves at once, or when a black hole lets go. */
  open(): Promise<void>;
  end(by: 'reset' | 'end'): void;
}

/** One direction of one connection: takes bytes from one socket and gives them to the other, as far as its faults let it. */
export class Lane {
  /** Bytes that went through. */
  passed = 0;
  private pace: { bytes: number; waitMs: number } | undefined;
  private limit: { at: number; then: () => void } | undefined;
  private isHalfClosed = false;
  private readonly direction: Direction;
  private readonly from: Socket;
  private readonly to: Socket;
  private readonly context: LaneContext;

  constructor(direction: Direction, from: Socket, to: Socket, context: LaneContext) {
    this.direction = direction;
    this.from = from;
    this.to = to;
    this.context = context;
  }

  /** From now on; a later fault of the same kind replaces the earlier. */
  set(fault: ConnectionFault): void {
    if ('direction' in fault && fault.direction !== undefined && fault.direction !== this.direction) return;
    switch (fault.kind) {
      case 'delay':
        this.pace = { bytes: Infinity, waitMs: fault.ms };
        break;
      case 'drip':
        this.pace = { bytes: Math.max(1, fault.bytes), waitMs: fault.everyMs };
        break;
      case 'cut':
        this.limit = { at: this.passed + fault.afterBytes, then: () => this.context.end(fault.by) };
        break;
      case 'half-close':
        this.limit = { at: this.passed + fault.afterBytes, then: () => this.halfClose() };
        break;
      // The connection as a whole sees to these.
      case 'black-hole':
      case 'refuse':
        break;
    }
    this.atLimit();
  }

  heal(): void {
    this.pace = undefined;
    this.limit = undefined;
  }

  /** Until the sender has closed, or the connection is over. */
  async run(): Promise<void> {
    for await (const chunk of this.from as AsyncIterable<Buffer>) await this.pass(chunk);
    await this.context.open();
    if (!this.isHalfClosed) this.to.end();
  }

  private async pass(chunk: Buffer): Promise<void> {
    let rest = chunk;
    while (rest.length > 0 && !this.isHalfClosed) {
      await this.context.open();
      const { pace } = this;
      if (pace) await this.context.wait(pace.waitMs, this.context.signal);
      const most = Math.min(rest.length, pace?.bytes ?? Infinity, (this.limit?.at ?? Infinity) - this.passed);
      await this.write(rest.subarray(0, most));
      rest = rest.subarray(most);
      this.atLimit();
      this.context.signal.throwIfAborted();
    }
  }

  /** Resolves once the bytes have left this process: a reset must not overtake them. */
  private async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return;
    this.passed += bytes.length;
    await new Promise<void>((resolve, reject) => this.to.write(bytes, (error) => (error ? reject(error) : resolve())));
  }

  private atLimit(): void {
    if (this.limit && this.passed >= this.limit.at) {
      const { then } = this.limit;
      this.limit = undefined;
      then();
    }
  }

  private halfClose(): void {
    this.isHalfClosed = true;
    this.to.end();
  }
}
