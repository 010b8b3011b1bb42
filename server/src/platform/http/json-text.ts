import { isUtf8 } from 'node:buffer';

/** Bounds of a JSON text that is let near `JSON.parse`; deep or key-rich texts stall it for seconds. */
export const MAX_JSON_DEPTH = 64;
export const MAX_JSON_KEYS = 50_000;

/** Why a body was not parsed: it is no JSON, or it is JSON of a kind that we refuse. */
export class JsonRefused extends Error {
  constructor(
    readonly kind: 'malformed' | 'forbidden',
    message: string,
  ) {
    super(message);
    this.name = 'JsonRefused';
  }
}

/**
 * Parses a JSON text from a stranger: valid UTF-8, at most 64 levels and 50,000 keys, no key twice in one object.
 *
 * The bounds are checked on the bytes, before anything is parsed. Of two equal keys one parser believes the first and another
 * the last; such a text has no meaning that policy and service would share.
 *
 * @throws {JsonRefused}
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new JsonRefused('malformed', 'The body is not valid UTF-8.');
  const keysWritten = countKeys(bytes);
  const value = parse(bytes);
  if (countOwnKeys(value) !== keysWritten) throw new JsonRefused('forbidden', 'An object names the same key twice.');
  return value;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new JsonRefused('malformed', 'The body is not valid JSON.');
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** One pass over the bytes: outside of strings each colon is a key, and brackets give the depth. */
function countKeys(bytes: Buffer): number {
  let depth = 0;
  let keys = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfString(bytes, at);
    else if (byte === COLON) keys += 1;
    else if (OPENING.has(byte)) depth += 1;
    else if (CLOSING.has(byte)) depth -= 1;
    if (depth > MAX_JSON_DEPTH)
      throw new JsonRefused('forbidden', `The body is nested deeper than ${MAX_JSON_DEPTH} levels.`);
    if (keys > MAX_JSON_KEYS) throw new JsonRefused('forbidden', `The body has more than ${MAX_JSON_KEYS} keys.`);
  }
  return keys;
}

/** Index of the closing quote; the end of the bytes when there is none, which `JSON.parse` reports. */
function endOfString(bytes: Buffer, opening: number): number {
  for (let at = opening + 1; at < bytes.length; at += 1) {
    if (bytes[at] === BACKSLASH) at += 1;
    else if (bytes[at] === QUOTE) return at;
  }
  return bytes.length;
}

/** Keys that survived parsing; fewer than were written when one was written twice. */
function countOwnKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children: unknown[] = Object.values(value);
  const own = Array.isArray(value) ? 0 : children.length;
  return children.reduce<number>((sum, child) => sum + countOwnKeys(child), own);
}
