/** At most one pending deed, which never keeps the process alive. */
export class Timer {
  private handle: NodeJS.Timeout | undefined;

  get isSet(): boolean {
    return this.handle !== undefined;
  }

  /** Replaces what was pending. */
  set(ms: number, deed: () => void): void {
    this.clear();
    this.handle = setTimeout(() => {
      this.handle = undefined;
      deed();
    }, ms).unref();
  }

  clear(): void {
    clearTimeout(this.handle);
    this.handle = undefined;
  }
}
