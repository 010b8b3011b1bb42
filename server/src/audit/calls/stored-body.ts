import { aroundLongText, type Scrubber } from '../../platform/index.js';
import { mask, needsMask } from '../mask.js';

/** Longest request or response kept in a record, characters of JSON. */
const MAX_KEPT = 64 * 1024;
const PREVIEW = 8 * 1024;
/** More than the preview, so that a secret across its end is found. */
const SHOWN_BYTES = 8 * PREVIEW;

export interface StoredBody {
  /** JSON that the record keeps: masked, and cut when longer than 64 Ki characters. Null for nothing. */
  kept: string | null;
  /** Size of the original as JSON, bytes. */
  bytes: number;
}

/** Makes a request or response fit for the record: secrets by name and by value are gone before anything is written. */
export function storedBody(value: unknown, scrubber: Scrubber): StoredBody {
  if (value === undefined || value === null) return { kept: null, bytes: value === null ? 4 : 0 };
  const long = longBody(value, scrubber);
  if (long) return long;
  const plain = JSON.stringify(value) ?? 'null';
  const bytes = Buffer.byteLength(plain);
  const masked = needsMask(value) ? (JSON.stringify(mask(value)) ?? 'null') : plain;
  const text = scrubber.clean(masked);
  if (text.length > MAX_KEPT) return cut(text, bytes);
  return { kept: text === masked ? text : wellFormed(text), bytes };
}

/** Of an answer whose long text is kept as it was written, only what is shown of it is made and searched. */
function longBody(value: unknown, scrubber: Scrubber): StoredBody | undefined {
  const around = aroundLongText(value, (result) => result);
  if (!around || around.units <= MAX_KEPT || needsMask(value)) return undefined;
  const { head, text, tail } = around;
  const shown = head + text.toString('utf8', 0, SHOWN_BYTES);
  return cut(scrubber.clean(shown), Buffer.byteLength(head) + text.length + Buffer.byteLength(tail));
}

const cut = (text: string, bytes: number): StoredBody => ({
  kept: JSON.stringify({ truncated: true, bytes, preview: text.slice(0, PREVIEW) }),
  bytes,
});

/** A secret that looks like JSON itself may take a bracket with it; what is left is kept as a text. */
function wellFormed(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
