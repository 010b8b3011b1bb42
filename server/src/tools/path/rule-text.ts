import type { Grant } from '../../auth/index.js';

/** A grant in words that are the same in every language, for records and refusals: `deny · user 3f2… · echo (rule 81c…)`. */
export function ruleText(grant: Grant): string {
  const subject = grant.subject.kind === 'everyone' ? 'everyone' : `${grant.subject.kind} ${grant.subject.id}`;
  return `${grant.effect} · ${subject} · ${grant.tool ?? '*'} (${grant.id})`;
}
