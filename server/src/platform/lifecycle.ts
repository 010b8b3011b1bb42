import { Injectable } from '@nestjs/common';

/** Where this process stands between its start and its end; probes and doors look here. */
export type Phase = 'starting' | 'serving' | 'draining';

@Injectable()
export class Lifecycle {
  private phase: Phase = 'starting';
  private readonly onDrain: (() => void)[] = [];

  get current(): Phase {
    return this.phase;
  }

  serve(): void {
    this.phase = 'serving';
  }

  /** Readiness falls and open streams are told to end; requests in flight go on. */
  drain(): void {
    if (this.phase === 'draining') return;
    this.phase = 'draining';
    for (const end of this.onDrain) end();
  }

  /** Called once when the process is about to stop; for those who hold streams open. */
  whenDraining(end: () => void): void {
    this.onDrain.push(end);
  }
}
