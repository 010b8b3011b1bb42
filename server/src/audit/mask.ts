const MASK = '••••';
const MAX_DEPTH = 32;

/** Field names whose values are secrets wherever they stand. */
const SECRET_NAME =
  /pass(word|wd|phrase)?$|secret|token$|authorization|api[-_]?key|private[-_]?key|credential|cookie|^pwd$|session[-_]?id/i;

/** A copy of a JSON value in which the values of secret-looking fields are masked. Works on foreign data: bounded depth. */
export function mask(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) return '…';
  if (Array.isArray(value)) return value.map((item) => mask(item, depth + 1));
  const entries = Object.entries(value).map(([name, inner]): [string, unknown] => [
    name,
    SECRET_NAME.test(name) && inner !== null && typeof inner !== 'boolean' ? MASK : mask(inner, depth + 1),
  ]);
  return Object.fromEntries(entries);
}

/**
 * Whether masking would change anything. Nearly always it would not, and looking is much cheaper than the copy. What is
 * no plain JSON is taken for something that would.
 */
export function needsMask(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth >= MAX_DEPTH) return true;
  if (Array.isArray(value)) return value.some((item) => needsMask(item, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return true;
  for (const name of Object.keys(value)) {
    if (isSecretName(name) || needsMask((value as Record<string, unknown>)[name], depth + 1)) return true;
  }
  return false;
}

/** Most field names come again and again. Bounded: they are foreign. */
const MAX_KNOWN = 2_000;
const LONGEST_KNOWN = 40;
const known = new Map<string, boolean>();

function isSecretName(name: string): boolean {
  let verdict = known.get(name);
  if (verdict === undefined) {
    verdict = SECRET_NAME.test(name);
    if (name.length <= LONGEST_KNOWN) {
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(name, verdict);
    }
  }
  return verdict;
}
