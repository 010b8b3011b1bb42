import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';

/** From how many bytes on, or UTF-16 units, writing a text as JSON once more costs more than remembering how it was written. */
export const LONG_TEXT = 16 * 1024;

/** What may be long in a block of content, by its type: a text, or bytes in base64. */
const TEXT_OF: ReadonlyMap<unknown, string> = new Map([
  ['text', 'text'],
  ['image', 'data'],
  ['audio', 'data'],
]);

/** Part of a JSON text: the long text as it was written, with its quotes, and what stands before and behind it. */
export interface AroundText {
  readonly head: string;
  readonly text: Buffer;
  readonly tail: string;
  /** How long the text is, UTF-16 units; as JSON it is no shorter. */
  readonly units: number;
}

const written = new WeakMap<object, Buffer>();

/**
 * Remembers how the long text in the content of a service's answer was written, for as long as the block is there that it
 * stands in. Whoever changes the text makes another block, of which nothing is known.
 *
 * @param message parsed of a text in which a single string is as long as `LONG_TEXT` bytes or longer: one that is as long in
 *   units is therefore it
 * @param text that string, as it was written
 */
export function rememberLongText(message: unknown, text: Buffer): void {
  const block = contentOf(resultOf(message)).find((each): each is Json => longIn(each) !== undefined);
  if (block && isUtf8(text)) written.set(block, text);
}

/**
 * Puts the long text of a service's answer in the place that `MARK` stands for, and remembers how it was written.
 *
 * @param message parsed of a text with `MARK` in place of the long text
 * @param written the text as it was written, with its quotes
 * @returns false when the mark is nowhere where a long text is looked for; the message is then of no use
 */
export function placeLongText(message: unknown, text: string, written: Buffer): boolean {
  const block = contentOf(resultOf(message)).find((each): each is Json => isObject(each) && each[keyOf(each)] === MARK);
  if (!block) return false;
  block[keyOf(block)] = text;
  rememberLongText(message, written);
  return true;
}

/**
 * A JSON text that is made without writing the long text in it anew. Reads as JSON like what `JSON.stringify` makes.
 *
 * @param result of a tool call, which the text is in
 * @param around what is to be written, with the given result in place of `result`
 * @returns undefined when there is no long text in it of which it is known how it was written
 */
export function aroundLongText(result: unknown, around: (result: object) => object): AroundText | undefined {
  const content = contentOf(result);
  const block = content.find((each): each is Json => isObject(each) && written.has(each));
  const text = block && written.get(block);
  if (!block || !text) return undefined;
  const marked = content.map((each) => (each === block ? { ...block, [keyOf(block)]: MARK } : each));
  const [head = '', tail = ''] = splitAtMark(around({ ...(result as object), content: marked }));
  return { head, text, tail, units: longIn(block)?.length ?? 0 };
}

/**
 * Whether a text surely has no control character but tabs and ends of lines. To see that in how it was written takes a small
 * part of the time that looking at each character takes.
 *
 * @param block what the text stands in
 * @returns false also when it cannot be said so quickly
 */
export function isSurelyPlain(block: object | undefined, text: string): boolean {
  const json = block && written.get(block);
  // DEL, and what U+0080 to U+009F begin with; the others can only be written as escapes.
  return (
    json !== undefined &&
    longIn(block) === text &&
    !json.includes(DEL) &&
    !json.includes(LEAD_OF_C1) &&
    hasOnlyPlainEscapes(json)
  );
}

const DEL = 0x7f;
const LEAD_OF_C1 = 0xc2;
const BACKSLASH = 0x5c;
const PLAIN_ESCAPES = new Set(Buffer.from('nrt"\\/'));
/** With more of them, going from one to the next is no quicker than looking at each character. */
const MOST_ESCAPES = 4_000;

function hasOnlyPlainEscapes(json: Buffer): boolean {
  let at = json.indexOf(BACKSLASH);
  for (let count = 0; at !== -1; count += 1) {
    if (count === MOST_ESCAPES || !PLAIN_ESCAPES.has(json[at + 1] ?? 0)) return false;
    at = json.indexOf(BACKSLASH, at + 2);
  }
  return true;
}

/** Stands where something goes that was written before; nobody can know it, so nothing of a message can be taken for it. */
export const MARK = randomUUID();

/** The JSON text of `value` before and behind the one mark in it. */
export const splitAtMark = (value: object): string[] => JSON.stringify(value).split(`"${MARK}"`);

/** The long text in a block. */
function longIn(block: unknown): string | undefined {
  const text = isObject(block) ? block[keyOf(block)] : undefined;
  return typeof text === 'string' && text.length >= LONG_TEXT ? text : undefined;
}

const keyOf = ({ type }: Json): string => TEXT_OF.get(type) ?? 'text';

const contentOf = (result: unknown): readonly unknown[] =>
  isObject(result) && Array.isArray(result.content) ? result.content : [];

const resultOf = (message: unknown): unknown => (isObject(message) ? message.result : undefined);

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
