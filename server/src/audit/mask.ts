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
