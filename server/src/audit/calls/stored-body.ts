import type { Scrubber } from '../../platform/index.js';
import { mask } from '../mask.js';

/** Longest request or response kept in a record, characters of JSON. */
const MAX_KEPT = 64 * 1024;
const PREVIEW = 8 * 1024;

export interface StoredBody {
  /** What the record keeps: masked, and cut when longer than 64 Ki characters. */
  kept: unknown;
  /** Size of the original as JSON, bytes. */
  bytes: number;
}

/** Makes a request or response fit for the record: secrets by name and by value are gone before anything is written. */
export function storedBody(value: unknown, scrubber: Scrubber): StoredBody {
  if (value === undefined) return { kept: null, bytes: 0 };
  const bytes = Buffer.byteLength(JSON.stringify(value) ?? '');
  const text = scrubber.clean(JSON.stringify(mask(value)) ?? 'null');
  if (text.length <= MAX_KEPT) return { kept: JSON.parse(text) as unknown, bytes };
  return { kept: { truncated: true, bytes, preview: text.slice(0, PREVIEW) }, bytes };
}
