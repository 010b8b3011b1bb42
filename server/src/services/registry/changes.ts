import { isDeepStrictEqual } from 'node:util';
import { slotOf } from '../draft/credentials.js';
import type { ServiceContent } from '../definition.js';

type Described = ServiceContent & { readonly slug: string };

const FIELDS = [
  'slug',
  'name',
  'displayName',
  'description',
  'category',
  'tags',
  'type',
  'url',
  'config',
  'enabled',
] as const satisfies readonly (keyof Described)[];

/**
 * What a change did, for the trail: `{before, after}` per field; of credentials only names, as `sealed`. Empty when
 * nothing changed.
 */
export function changesOf(before: Described, after: Described): Record<string, { before: unknown; after: unknown }> {
  const fields = FIELDS.filter((field) => !isDeepStrictEqual(before[field], after[field]));
  return {
    ...Object.fromEntries(fields.map((field) => [field, { before: before[field], after: after[field] }])),
    ...(!isDeepStrictEqual(before.credentials, after.credentials) && {
      sealed: { before: before.credentials.map(slotOf), after: after.credentials.map(slotOf) },
    }),
  };
}

/** A new service for the trail, without values of credentials. */
export const summaryOf = (service: Described): Record<string, unknown> => ({
  ...Object.fromEntries(FIELDS.map((field) => [field, service[field]])),
  sealed: service.credentials.map(slotOf),
});
