/** What can be limited, of each bucket. */
export const LIMIT_NAMES = ['ratePerMinute', 'concurrency', 'queue', 'dailyQuota'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** A rate and a quota may be lifted; a number of places may not, because every place costs memory. */
export const LIFTABLE: ReadonlySet<LimitName> = new Set(['ratePerMinute', 'dailyQuota']);

/** Of a rate or a quota: any number of calls. The same as in `GATEHOUSE_CALLS_PER_MINUTE`. */
export const NO_LIMIT = 0;

/** The most that a rule may allow. */
export const CEILING: Readonly<Record<LimitName, number>> = {
  ratePerMinute: 1_000_000,
  concurrency: 1_000,
  queue: 10_000,
  dailyQuota: 1_000_000_000,
};

export const SUBJECT_KINDS = ['everyone', 'group', 'user', 'key', 'service', 'tool'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** Whom or what a rule limits. */
export type LimitSubject =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'group' | 'user' | 'key' | 'service'; readonly id: string }
  /** `id` is the service's. */
  | { readonly kind: 'tool'; readonly id: string; readonly tool: string };

/** As a rule sets them: null inherits; `NO_LIMIT` lifts a rate or a quota. */
export type LimitNumbers = { readonly [name in LimitName]: number | null };

export interface LimitRule extends LimitNumbers {
  readonly id: string;
  readonly subject: LimitSubject;
}

/** Where a number comes from when no rule sets it. */
export type DefaultSource = 'built-in' | 'configuration';

/** One number in force. `value` is Infinity where there is no limit. */
export interface Setting {
  readonly value: number;
  readonly from: DefaultSource | LimitRule;
}

export type Settings = { readonly [name in LimitName]: Setting };

/** What calls share: everything that goes through it counts against the same numbers. */
export const BUCKET_KINDS = ['key', 'user', 'tool', 'service'] as const;
export type BucketKind = (typeof BUCKET_KINDS)[number];

export interface Bucket {
  readonly kind: BucketKind;
  /** Unique among all buckets; counters and places are kept under it. */
  readonly name: string;
  readonly settings: Settings;
  /** The same numbers, for the path of every call. */
  readonly ratePerMinute: number;
  readonly seats: number;
  readonly queue: number;
  readonly dailyQuota: number;
}
