import { Unpinnable } from '../errors/upstream-failures.js';

export interface PinLimits {
  /** Files, links and folders together. */
  readonly entries: number;
  readonly bytes: number;
}

export const PIN_LIMITS: PinLimits = { entries: 50_000, bytes: 1024 ** 3 };

/** What one pin has looked at so far, and how much it may. */
export class Budget {
  files = 0;
  bytes = 0;
  private entries = 0;

  constructor(private readonly limits: PinLimits) {}

  /** @throws {Unpinnable} */
  takeEntry(where: string): void {
    this.entries += 1;
    if (this.entries > this.limits.entries) throw new Unpinnable(`more than ${this.limits.entries} files in ${where}`);
  }

  /** @throws {Unpinnable} */
  takeFile(bytes: number): void {
    this.files += 1;
    this.bytes += bytes;
    if (this.bytes > this.limits.bytes) throw new Unpinnable(`more than ${this.limits.bytes} bytes`);
  }
}
