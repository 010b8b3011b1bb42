import { createHash } from 'node:crypto';

/** Says whether two JSON values are the same, whatever the order of their keys: SHA-256 in base64url. Pure. */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_key, node: unknown) => (isObject(node) ? sorted(node) : node)) ?? '')
    .digest('base64url');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const sorted = (node: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
