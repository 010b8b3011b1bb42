/** How much is kept for clients whose connection broke: so many events, and so many bytes of them. */
export interface ReplayBounds {
  readonly events: number;
  readonly bytes: number;
}

/** What a session may keep, within what all of them together may. */
export class ReplayBudget {
  private events = 0;
  private bytes = 0;

  constructor(
    private readonly bounds: ReplayBounds,
    private readonly all?: ReplayBudget,
  ) {}

  /** @returns whether one more event of this size may be kept */
  take(bytes: number): boolean {
    if (this.events >= this.bounds.events || this.bytes + bytes > this.bounds.bytes) return false;
    if (this.all && !this.all.take(bytes)) return false;
    this.events += 1;
    this.bytes += bytes;
    return true;
  }

  giveBack(bytes: number): void {
    this.events -= 1;
    this.bytes -= bytes;
    this.all?.giveBack(bytes);
  }
}
