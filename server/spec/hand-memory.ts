import type { MemorySource } from '../src/platform/index.js';

/** Memory that is as full as the spec says. */
export class HandMemory implements MemorySource {
  part = 0;
  garbage = 0;
  knownAtMs = -Infinity;
  collections = 0;

  use(): number {
    return this.part;
  }

  fill(): number {
    return this.part + this.garbage;
  }

  collect(): void {
    this.collections += 1;
  }

  stop(): void {
    this.part = 0;
  }
}
