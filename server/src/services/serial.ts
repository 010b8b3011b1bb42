/**
 * Runs one piece of work after another. A reader that is started later therefore also finishes later, and an old
 * answer of the database can never replace a newer one.
 */
export class Serial {
  private tail: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail.then(work);
    this.tail = result.catch(() => undefined);
    return result;
  }
}
