/** Every text is at least this long, UTF-16 units. */
export const SHORTEST = 8;
/** How many units of a text are looked at to know how far no text can begin. */
const BLOCK = 3;
const SLOTS = 1 << 16;

/**
 * Finds any of many texts in one pass, which costs nearly the same however many they are, and looks at few places: a regular
 * expression of all of them tries each at every place.
 *
 * Source: S. Wu, U. Manber, A fast algorithm for multi-pattern searching, 1994.
 */
export class KnownTexts {
  /** By the last block of their first `SHORTEST` units; the longest first. */
  private readonly byBlock = new Map<number, string[]>();
  /** For the block that ends where one looks: how far the next place is at which a text may have its first units. */
  private readonly steps = new Uint8Array(SLOTS).fill(SHORTEST - BLOCK + 1);

  add(text: string): void {
    for (let end = BLOCK - 1; end < SHORTEST; end += 1) {
      const slot = slotAt(text, end);
      this.steps[slot] = Math.min(this.steps[slot] ?? 0, SHORTEST - 1 - end);
    }
    const slot = slotAt(text, SHORTEST - 1);
    const alike = [...(this.byBlock.get(slot) ?? []), text];
    this.byBlock.set(
      slot,
      alike.sort((a, b) => b.length - a.length),
    );
  }

  /** From left to right; of two that begin at the same place, the longer. */
  replaceAll(text: string, replacement: string): string {
    if (this.byBlock.size === 0) return text;
    let result = '';
    let from = 0;
    let at = SHORTEST - 1;
    while (at < text.length) {
      const slot = slotAt(text, at);
      const step = this.steps[slot] ?? 0;
      const start = at - SHORTEST + 1;
      const length = step > 0 ? 0 : this.lengthAt(text, start, slot);
      if (length > 0) {
        result += text.slice(from, start) + replacement;
        from = start + length;
        at = from + SHORTEST - 1;
      } else at += step || 1;
    }
    return from === 0 ? text : result + text.slice(from);
  }

  private lengthAt(text: string, start: number, slot: number): number {
    return this.byBlock.get(slot)?.find((known) => text.startsWith(known, start))?.length ?? 0;
  }
}

/** Where the block that ends at `end` has its entry; several may share one. */
const slotAt = (text: string, end: number): number =>
  (Math.imul(text.charCodeAt(end - 2), 0x9e3779b1) ^
    Math.imul(text.charCodeAt(end - 1), 0x85ebca6b) ^
    Math.imul(text.charCodeAt(end), 0xc2b2ae35)) >>>
  16;
