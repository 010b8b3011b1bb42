import type { Socket } from 'node:net';
import type { ConnectionFault } from './faults.ts';
import { Lane, type Wait } from './lane.ts';

/** One client and its connection to the service, with what goes wrong between them. */
export class FaultyConnection {
  private readonly over = new AbortController();
  private readonly lanes: readonly [Lane, Lane];
  /** Set while nothing goes through. */
  private hole: { closed: Promise<void>; letGo: () => void } | undefined;
  private readonly client: Socket;
  private readonly service: Socket;

  constructor(client: Socket, service: Socket, wait: Wait) {
    this.client = client;
    this.service = service;
    const context = {
      signal: this.over.signal,
      wait,
      open: () => this.throughTheHole(),
      end: (by: 'reset' | 'end') => this.end(by),
    };
    this.lanes = [new Lane('up', client, service, context), new Lane('down', service, client, context)];
    for (const socket of [client, service]) {
      socket.on('error', () => this.end('reset'));
      // Whoever is gone entirely cannot be sent anything any more.
      socket.once('close', () => !socket.readableEnded && this.end('reset'));
    }
  }

  set(fault: ConnectionFault): void {
    if (fault.kind === 'refuse') return this.end('reset');
    if (fault.kind === 'black-hole') return this.swallow();
    for (const lane of this.lanes) lane.set(fault);
  }

  heal(): void {
    for (const lane of this.lanes) lane.heal();
    this.hole?.letGo();
    this.hole = undefined;
  }

  /** Until both ends have closed, or it was cut. */
  async run(): Promise<void> {
    await Promise.allSettled(this.lanes.map((lane) => lane.run()));
    this.end('end');
  }

  end(by: 'reset' | 'end'): void {
    if (this.over.signal.aborted) return;
    this.over.abort();
    this.heal();
    for (const socket of [this.client, this.service]) {
      if (by === 'reset') socket.resetAndDestroy();
      else socket.destroySoon();
    }
  }

  private swallow(): void {
    if (this.hole) return;
    let letGo = (): void => undefined;
    const closed = new Promise<void>((resolve) => (letGo = resolve));
    this.hole = { closed, letGo };
  }

  private async throughTheHole(): Promise<void> {
    while (this.hole) await this.hole.closed;
    this.over.signal.throwIfAborted();
  }
}
