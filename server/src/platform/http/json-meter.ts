/** Bounds of a JSON text that is let near `JSON.parse`; deep or key-rich texts stall it for seconds. */
export interface JsonLimits {
  readonly depth: number;
  readonly keys: number;
}

/** Why a JSON text was not parsed: it is no JSON, or it is JSON of a kind that we refuse. */
export class JsonRefused extends Error {
  constructor(
    readonly kind: 'malformed' | 'forbidden',
    message: string,
  ) {
    super(message);
    this.name = 'JsonRefused';
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NOTHING = 0;
const COLON = 1;
const OPENING = 2;
const CLOSING = 3;
const STRING = 4;

/** What each byte means outside of a string. */
const MEANING = new Uint8Array(256);
MEANING[0x3a] = COLON;
MEANING[0x5b] = MEANING[0x7b] = OPENING;
MEANING[0x5d] = MEANING[0x7d] = CLOSING;
MEANING[QUOTE] = STRING;

/** In longer strings, searching for the end costs less than looking at each byte. */
const SHORT_STRING = 48;

/** Where a string stands, its quotes included. */
export interface StringPlace {
  readonly from: number;
  readonly to: number;
}

/**
 * Counts depth and keys of a JSON text on its bytes, in one pass and in pieces as they come: outside of strings each colon is
 * a key, and brackets give the depth. Knows nothing of grammar: what is no JSON is the parser's to say.
 */
export class JsonMeter {
  keys = 0;
  private depth = 0;
  private inString = false;
  /** Only in a string: the piece before ended in a backslash that escapes the next byte. */
  private escapes = false;
  private longStrings = 0;
  private lastLong: StringPlace | undefined;

  /** @param longBytes from how many bytes on a string is noted */
  constructor(
    private readonly limits: JsonLimits,
    private readonly longBytes = Number.POSITIVE_INFINITY,
  ) {}

  /** The only long string of a text that came in one piece; undefined when there are several, or none. */
  get onlyLong(): StringPlace | undefined {
    return this.longStrings === 1 ? this.lastLong : undefined;
  }

  /** Another text begins. */
  restart(): void {
    this.keys = 0;
    this.depth = 0;
    this.inString = false;
    this.escapes = false;
    this.longStrings = 0;
  }

  /** @throws {JsonRefused} the text is deeper, or has more keys, than is allowed */
  feed(bytes: Buffer, from = 0, to = bytes.length): void {
    const most = this.limits.depth;
    let { keys, depth } = this;
    let at = this.inString ? this.endOfString(bytes, this.escapes ? from + 1 : from, to) : from;
    while (at < to) {
      let meaning = MEANING[bytes[at]];
      while (meaning === NOTHING && ++at < to) meaning = MEANING[bytes[at]];
      at += 1;
      if (meaning === STRING) {
        const start = at - 1;
        const end = Math.min(to, at + SHORT_STRING);
        while (at < end && bytes[at] !== QUOTE && bytes[at] !== BACKSLASH) at += 1;
        at = at < end && bytes[at] === QUOTE ? at + 1 : this.endOfString(bytes, at, to);
        if (at - start >= this.longBytes) this.noteLong({ from: start, to: at });
      } else if (meaning === COLON) keys += 1;
      else if (meaning === CLOSING) depth -= 1;
      else if (meaning === OPENING && (depth += 1) > most)
        throw new JsonRefused('forbidden', `The body is nested deeper than ${most} levels.`);
    }
    this.keys = keys;
    this.depth = depth;
    if (keys > this.limits.keys) throw new JsonRefused('forbidden', `The body has more than ${this.limits.keys} keys.`);
  }

  /**
   * Of a string that is long, or has escapes.
   *
   * @returns where the string that goes on at `from` has ended, or where the piece ends in which it does not
   */
  private endOfString(bytes: Buffer, from: number, to: number): number {
    this.inString = false;
    let at = from;
    while (at < to) {
      for (const end = Math.min(to, at + SHORT_STRING); at < end; at += 1) {
        const byte = bytes[at];
        if (byte === QUOTE) return at + 1;
        if (byte === BACKSLASH) at += 1;
      }
      if (at >= to) break;
      // Not escaped here: an escape takes the byte behind it along.
      const quote = bytes.indexOf(QUOTE, at);
      const found = quote === -1 || quote >= to ? to : quote;
      const isEscaped = backslashesBefore(bytes, found, at) % 2 === 1;
      if (found === to) return this.pause(isEscaped, to);
      if (!isEscaped) return found + 1;
      at = found + 1;
    }
    return this.pause(at > to, to);
  }

  private noteLong(place: StringPlace): void {
    this.longStrings += 1;
    this.lastLong = place;
  }

  private pause(escapes: boolean, to: number): number {
    this.inString = true;
    this.escapes = escapes;
    return to;
  }
}

function backslashesBefore(bytes: Buffer, at: number, from: number): number {
  let first = at;
  while (first > from && bytes[first - 1] === BACKSLASH) first -= 1;
  return at - first;
}
