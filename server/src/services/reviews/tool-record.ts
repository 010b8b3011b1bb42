import type { ReviewedTool } from './reviewed-words.js';

export const HOLD_REASONS = ['suspicious', 'changed', 'new', 'by-hand'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** What counts, or counted, as what a tool says. */
export interface AcceptedTool {
  /** Of its reviewed part. */
  readonly hash: string;
  /** ISO 8601. */
  readonly at: string;
  /** The e-mail address of who accepted it; null: nobody had to. */
  readonly by: string | null;
  /** What it said, kept as soon as the service says something else. */
  readonly tool?: ReviewedTool;
}

/** What a tool says that nobody may use before somebody has looked at it. */
export interface HeldTool {
  readonly hash: string;
  /** ISO 8601. */
  readonly since: string;
  readonly reason: HoldReason;
}

/** The review of one tool. Held while `held` is there, whatever was accepted before. */
export interface ToolRecord {
  readonly accepted: AcceptedTool | null;
  readonly held: HeldTool | null;
  /** What counted before the last change that nobody had to accept. */
  readonly previous: AcceptedTool | null;
}

/** What a service offers under a name now. */
export interface SeenTool {
  readonly hash: string;
  /** Asked only where it matters: it costs more than the rest. */
  readonly isSuspicious: () => boolean;
  /** The service offered other tools before this one came. */
  readonly isLate: boolean;
  /** What the same name said before; undefined when that is not known any more. */
  readonly before: ReviewedTool | undefined;
  /** Whether what is new or changed waits for somebody. */
  readonly holdsChanges: boolean;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * What becomes of the review of a tool when the service offers it. Pure.
 *
 * What is held is never let go by the service itself, except by saying again what was accepted; and not even then when a person
 * holds it.
 */
export function afterSeeing(record: ToolRecord | undefined, seen: SeenTool): ToolRecord {
  if (!record) return first(seen);
  const { accepted, held } = record;
  if (held) return whileHeld(record, held, seen);
  if (accepted?.hash === seen.hash) return record;
  const before = accepted && withText(accepted, seen.before);
  if (seen.isSuspicious()) return { ...record, accepted: before, held: holding(seen, 'suspicious') };
  if (seen.holdsChanges) return { ...record, accepted: before, held: holding(seen, 'changed') };
  return { accepted: { hash: seen.hash, at: seen.at, by: null }, held: null, previous: before };
}

/** Somebody looked at what is offered, and it may be used. Pure. */
export const afterAccepting = (hash: string, by: string, at: string): ToolRecord => ({
  accepted: { hash, at, by },
  held: null,
  previous: null,
});

/** Somebody wants nobody to use it. Pure. */
export const afterHolding = (record: ToolRecord, hash: string, at: string): ToolRecord => ({
  ...record,
  held: { hash, since: at, reason: 'by-hand' },
});

function first(seen: SeenTool): ToolRecord {
  if (seen.isSuspicious()) return { accepted: null, held: holding(seen, 'suspicious'), previous: null };
  if (seen.isLate && seen.holdsChanges) return { accepted: null, held: holding(seen, 'new'), previous: null };
  return { accepted: { hash: seen.hash, at: seen.at, by: null }, held: null, previous: null };
}

function whileHeld(record: ToolRecord, held: HeldTool, seen: SeenTool): ToolRecord {
  const { accepted } = record;
  if (held.reason !== 'by-hand' && accepted?.hash === seen.hash)
    return { ...record, accepted: withoutText(accepted), held: null };
  if (held.hash === seen.hash) return record;
  const before = accepted?.hash === held.hash ? withText(accepted, seen.before) : accepted;
  return { ...record, accepted: before, held: { ...held, hash: seen.hash } };
}

const holding = ({ hash, at }: SeenTool, reason: HoldReason): HeldTool => ({ hash, since: at, reason });

const withText = (accepted: AcceptedTool, tool: ReviewedTool | undefined): AcceptedTool =>
  accepted.tool || !tool ? accepted : { ...accepted, tool };

const withoutText = ({ hash, at, by }: AcceptedTool): AcceptedTool => ({ hash, at, by });
