import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

const hashes = new WeakMap<object, string>();

/** Stands in caches for something that a service said; two spellings of one thing share it (RFC 8785). */
export function contentHash(content: object): string {
  const known = hashes.get(content);
  if (known) return known;
  const hash = createHash('sha256').update(canonicalText(content)).digest('base64url');
  hashes.set(content, hash);
  return hash;
}

/** What has half a character in it has no canonical form, and is then spelled as it came. */
function canonicalText(content: object): string {
  try {
    return canonicalize(content) ?? '';
  } catch {
    return JSON.stringify(content);
  }
}
