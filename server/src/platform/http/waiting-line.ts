/** Somebody who waits for room. */
export interface Waiter {
  readonly admit: () => void;
  readonly refuse: () => void;
  /** When they have waited long enough, ms. */
  readonly untilMs: number;
}

interface Place {
  /** Undefined when they have left. */
  waiter: Waiter | undefined;
}

/** So many places whose guests are gone are kept before the line closes up. */
const MOST_EMPTY = 1_024;

/** First come, first served. All wait equally long, so that the first is also the next to be refused. */
export class WaitingLine {
  private places: Place[] = [];
  private first = 0;
  private waiting = 0;

  get size(): number {
    return this.waiting;
  }

  /** @returns how to leave; does nothing when it was their turn already */
  add(waiter: Waiter): () => void {
    const place: Place = { waiter };
    this.places.push(place);
    this.waiting += 1;
    return () => {
      if (place.waiter) this.vacate(place);
    };
  }

  /** Takes the first out of the line. */
  next(): Waiter | undefined {
    const waiter = this.peek();
    const place = this.places[this.first];
    if (waiter && place) this.vacate(place);
    return waiter;
  }

  /** Takes the first out of the line, if they have waited long enough. */
  nextLate(nowMs: number): Waiter | undefined {
    const waiter = this.peek();
    return waiter && waiter.untilMs <= nowMs ? this.next() : undefined;
  }

  private peek(): Waiter | undefined {
    while (this.first < this.places.length && !this.places[this.first]?.waiter) this.first += 1;
    if (this.first > MOST_EMPTY || this.waiting === 0) this.closeUp();
    return this.places[this.first]?.waiter;
  }

  private closeUp(): void {
    this.places = this.places.slice(this.first);
    this.first = 0;
  }

  private vacate(place: Place): void {
    place.waiter = undefined;
    this.waiting -= 1;
  }
}
