import { isAscii, isUtf8 } from 'node:buffer';
import { JsonMeter, JsonRefused, type JsonLimits, type StringPlace } from './json-meter.js';
import { LONG_TEXT, MARK, placeLongText, rememberLongText } from './long-text.js';
import { isItsOwnJson } from './own-json.js';

/** Of what a client sends. */
export const MAX_JSON_DEPTH = 64;
export const MAX_JSON_KEYS = 50_000;
const BODY: JsonLimits = { depth: MAX_JSON_DEPTH, keys: MAX_JSON_KEYS };

/** Of what a service answers: whole tables may be in it. */
export const ANSWER_JSON: JsonLimits = { depth: 128, keys: 100_000 };

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
  const { keys: keysWritten } = measured(bytes, BODY);
  const value = parse(bytes);
  if (countOwnKeys(value) !== keysWritten) throw new JsonRefused('forbidden', 'An object names the same key twice.');
  return value;
}

/**
 * Parses what a service answered, within its bounds. A key that it names twice counts as it does for any parser, the last
 * time; nobody but us reads this text, save a long text in it, which may go to our client as it was written.
 *
 * @throws {JsonRefused}
 */
export function parseJsonAnswer(bytes: Buffer): unknown {
  const { onlyLong } = measured(bytes, ANSWER_JSON);
  if (!onlyLong) return parse(bytes);
  const written = bytes.subarray(onlyLong.from, onlyLong.to);
  const quick = parseAround(bytes, onlyLong, written);
  if (quick) return quick.answer;
  const answer = parse(bytes);
  rememberLongText(answer, written);
  return answer;
}

/**
 * Parses without letting the parser copy the long text, which is a good half of what a text of a megabyte costs.
 *
 * @returns undefined where that cannot be: the text is not what its bytes say, or does not stand where one is looked for
 */
function parseAround(bytes: Buffer, { from, to }: StringPlace, written: Buffer): { answer: unknown } | undefined {
  const inside = written.subarray(1, -1);
  if (!isItsOwnJson(inside)) return undefined;
  const answer = parsed(`${textOf(bytes.subarray(0, from))}"${MARK}"${textOf(bytes.subarray(to))}`);
  return placeLongText(answer, textOf(inside), written) ? { answer } : undefined;
}

/** @throws {JsonRefused} */
function measured(bytes: Buffer, limits: JsonLimits): JsonMeter {
  const meter = new JsonMeter(limits, LONG_TEXT);
  meter.feed(bytes);
  return meter;
}

const parse = (bytes: Buffer): unknown => parsed(textOf(bytes));

/** What is ASCII alone can be copied as it is. */
const textOf = (bytes: Buffer): string => bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');

/** @throws {JsonRefused} */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new JsonRefused('malformed', 'The body is not valid JSON.');
  }
}

/** Keys that survived parsing; fewer than were written when one was written twice. */
function countOwnKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let sum = 0;
  if (Array.isArray(value)) {
    for (const child of value) if (typeof child === 'object') sum += countOwnKeys(child);
    return sum;
  }
  for (const key in value) {
    sum += 1;
    const child = (value as Record<string, unknown>)[key];
    if (typeof child === 'object') sum += countOwnKeys(child);
  }
  return sum;
}
