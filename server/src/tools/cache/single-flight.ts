/** Calls under way that others wait for: whoever comes second with the same key need not go. */
export class SingleFlight<R> {
  private readonly flights = new Map<string, Promise<R | undefined>>();

  /** @returns what somebody who is under way already brings; undefined if it is not for others. Never rejects. */
  underWay(key: string): Promise<R | undefined> | undefined {
    return this.flights.get(key);
  }

  /**
   * Goes, and lets others wait. They hear at once when it fails or `signal` ends it, and then have to go themselves.
   *
   * @param shareable what of the outcome others may have
   */
  async lead<T>(
    key: string,
    signal: AbortSignal,
    work: () => Promise<T>,
    shareable: (outcome: T) => R | undefined,
  ): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<R | undefined>();
    const land = (brought: R | undefined): void => {
      signal.removeEventListener('abort', onAbort);
      if (this.flights.get(key) === promise) this.flights.delete(key);
      resolve(brought);
    };
    const onAbort = (): void => land(undefined);
    this.flights.set(key, promise);
    signal.addEventListener('abort', onAbort);
    try {
      const outcome = await work();
      land(shareable(outcome));
      return outcome;
    } finally {
      land(undefined);
    }
  }
}
