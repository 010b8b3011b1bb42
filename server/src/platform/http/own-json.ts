const BACKSLASH = 0x5c;
/** Of each of four bytes. */
const LOWEST_ALLOWED = 0x20202020;
const HIGH_BITS = 0x80808080;

/**
 * Whether the inside of a JSON string stands for itself: it has no escapes, and none of the control characters that the
 * grammar forbids (RFC 8259 §7). Looks at four bytes at a time: a byte minus 0x20 borrows, which shows in its highest bit, only
 * where it was less or had that bit before.
 */
export function isItsOwnJson(inside: Buffer): boolean {
  if (inside.includes(BACKSLASH)) return false;
  const first = -inside.byteOffset & 3;
  if (inside.length < first) return isAllowed(inside);
  const count = (inside.length - first) >> 2;
  const words = new Uint32Array(inside.buffer, inside.byteOffset + first, count);
  let borrows = 0;
  for (let at = 0; at < count; at += 1) {
    const word = words[at] ?? 0;
    borrows |= (word - LOWEST_ALLOWED) & ~word;
  }
  return (
    (borrows & HIGH_BITS) === 0 && isAllowed(inside.subarray(0, first)) && isAllowed(inside.subarray(first + count * 4))
  );
}

const isAllowed = (bytes: Buffer): boolean => bytes.every((byte) => byte >= 0x20);
