import type { Scrubber } from '../../platform/index.js';
import { mask, needsMask } from '../mask.js';

/** Longest request or response kept in a record, characters of JSON. */
const MAX_KEPT = 64 * 1024;
const PREVIEW = 8 * 1024;

export interface StoredBody {
  /** JSON that the record keeps: masked, and cut when longer than 64 Ki characters. Null for nothing. */
  kept: string | null;
  /** Size of the original as JSON, bytes. */
  bytes: number;
}

/** Makes a request or response fit for the record: secrets by name and by value are gone before anything is written. */
export function storedBody(value: unknown, scrubber: Scrubber): StoredBody {
  if (value === undefined || value === null) return { kept: null, bytes: value === null ? 4 : 0 };
  const plain = JSON.stringify(value) ?? 'null';
  const bytes = Buffer.byteLength(plain);
  const masked = needsMask(value) ? (JSON.stringify(mask(value)) ?? 'null') : plain;
  const text = scrubber.clean(masked);
  if (text.length > MAX_KEPT) {
    return { kept: JSON.stringify({ truncated: true, bytes, preview: text.slice(0, PREVIEW) }), bytes };
  }
  return { kept: text === masked ? text : wellFormed(text), bytes };
}

/** A secret that looks like JSON itself may take a bracket with it; what is left is kept as a text. */
function wellFormed(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
