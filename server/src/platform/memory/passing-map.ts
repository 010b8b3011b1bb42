/**
 * A map for what comes and goes with single calls, while the map itself stays.
 *
 * V8 links every table that a `Map` has outgrown to the one that took its place, with the entries it had. Once such a table
 * is old, all that follow are kept until the next full collection, and with them whatever they held: every call, in a map
 * through which calls pass. Here an entry is emptied when it goes, so that old tables hold nothing.
 */
export class PassingMap<K, V> {
  private readonly cells = new Map<K, { value: V | undefined }>();

  get size(): number {
    return this.cells.size;
  }

  has(key: K): boolean {
    return this.cells.has(key);
  }

  get(key: K): V | undefined {
    return this.cells.get(key)?.value;
  }

  set(key: K, value: V): void {
    const cell = this.cells.get(key);
    if (cell) cell.value = value;
    else this.cells.set(key, { value });
  }

  /** @returns whether it was there */
  delete(key: K): boolean {
    const cell = this.cells.get(key);
    if (!cell) return false;
    cell.value = undefined;
    return this.cells.delete(key);
  }

  clear(): void {
    for (const cell of this.cells.values()) cell.value = undefined;
    this.cells.clear();
  }

  keys(): K[] {
    return [...this.cells.keys()];
  }

  values(): V[] {
    return [...this.cells.values()].map(({ value }) => value as V);
  }
}
