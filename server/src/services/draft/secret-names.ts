/** Found anywhere in a name. */
const TELLING = /token|secret|passw|passphrase|authorization|credential|cookie|api-?key|access-?key|private-?key/;
/** Found as a word of its own in a name. */
const TELLING_WORDS = new Set(['key', 'keys', 'auth', 'pwd', 'pat', 'jwt', 'bearer', 'dsn']);

/**
 * Values that are secrets whatever they are called: schemes of authorization, well-known prefixes, passwords in URLs.
 */
const TELLING_VALUES = [
  /^(bearer|basic|token)\s+\S/i,
  /^(sk|pk|rk)[-_][\w-]{16,}$/,
  /^(ghp|gho|ghu|ghs|ghr)_\w{20,}$|^github_pat_\w{20,}$|^glpat-[\w-]{16,}$/,
  /^xox[abprs]-[\w-]{10,}$/,
  /^AKIA[0-9A-Z]{16}$/,
  /^AIza[\w-]{30,}$/,
  /^eyJ[\w-]+\.[\w-]+\.[\w-]*$/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i,
];

/**
 * Whether a header or a variable of this name, with this value, should be kept in the vault and never be shown again.
 */
export const looksSecret = (name: string, value: string): boolean => isSecretName(name) || isSecretValue(value);

/** `GITHUB_TOKEN`, `X-API-Key`, `dbPassword`; but not `KEYBOARD`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return TELLING.test(words.join('-')) || words.some((word) => TELLING_WORDS.has(word));
}

export const isSecretValue = (value: string): boolean => TELLING_VALUES.some((pattern) => pattern.test(value));
