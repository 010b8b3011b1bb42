import type { StandardSchemaV1 } from '@modelcontextprotocol/client';

export type RawResult = Record<string, unknown>;

/**
 * A result schema that accepts anything and changes nothing.
 *
 * Without it the SDK runs its own zod schema over every result and hands out what is left of it. With it a legacy answer
 * is not validated a second time and arrives with every key the service sent; a modern one is still checked once, by the
 * SDK's wire codec, which cannot be switched off.
 */
export const PASSTHROUGH: StandardSchemaV1<unknown, RawResult> = {
  '~standard': { version: 1, vendor: 'gatehouse', validate: (value) => ({ value: value as RawResult }) },
};
