import {
  LIFTABLE,
  LIMIT_NAMES,
  NO_LIMIT,
  type Bucket,
  type BucketKind,
  type LimitName,
  type LimitRule,
  type Setting,
  type Settings,
} from './rule.js';

/** What applies where no rule says anything. */
export interface Defaults {
  /** Of one person. */
  readonly caller: Settings;
  /** Of one service, for everybody together. */
  readonly service: Settings;
}

/** Today's figures. @param callsPerMinute of one person, from the configuration; 0 for any number */
export function defaultsFor(callsPerMinute: number): Defaults {
  const builtIn = (value: number): Setting => ({ value, from: 'built-in' });
  const rate: Setting = { value: valueOf('ratePerMinute', callsPerMinute), from: 'configuration' };
  return {
    caller: { ratePerMinute: rate, concurrency: builtIn(10), queue: builtIn(100), dailyQuota: builtIn(Infinity) },
    service: {
      ratePerMinute: builtIn(Infinity),
      concurrency: builtIn(32),
      queue: builtIn(500),
      dailyQuota: builtIn(Infinity),
    },
  };
}

/** The rules that may matter to one call, found by their subject. */
export interface ApplicableRules {
  readonly key?: LimitRule | undefined;
  readonly user?: LimitRule | undefined;
  readonly groups: readonly LimitRule[];
  readonly everyone?: LimitRule | undefined;
  readonly service?: LimitRule | undefined;
  readonly tool?: LimitRule | undefined;
}

/** Whose and which buckets these are. */
export interface BucketIds {
  /** Undefined for somebody who came without a key. */
  readonly keyId?: string | undefined;
  readonly userId: string;
  readonly serviceId: string;
  /** Undefined for what is no tool: resources and prompts. */
  readonly tool?: string | undefined;
}

/**
 * The buckets that one call goes through, in the order in which it does, each with the numbers in force and where every
 * number comes from. A call is let through only by all of them, so the tightest decides.
 *
 * - **user**: each number is the user's own rule's; else the most generous of their groups' rules; else the rule for
 *   everyone; else the default.
 * - **key**: only where a rule names the key. It stands before the user's bucket and never replaces it: a key can only be
 *   tighter than its person.
 * - **service**: the service's rule, else the default; shared by all callers.
 * - **tool**: only where a rule names the tool; shared by all callers, within the service's.
 *
 * Pure.
 */
export function resolve(rules: ApplicableRules, ids: BucketIds, defaults: Defaults): Bucket[] {
  const buckets: Bucket[] = [];
  if (ids.keyId !== undefined && rules.key) buckets.push(keyBucket(ids.keyId, rules.key, defaults));
  buckets.push(userBucket(ids.userId, rules, defaults));
  if (ids.tool !== undefined && rules.tool) buckets.push(toolBucket(ids.serviceId, ids.tool, rules.tool, defaults));
  buckets.push(serviceBucket(ids.serviceId, rules.service, defaults));
  return buckets;
}

export const keyBucket = (keyId: string, rule: LimitRule, defaults: Defaults): Bucket =>
  bucket('key', keyId, (name) => set(name, [rule]) ?? addition(name, defaults.caller));

export const userBucket = (
  userId: string,
  { user, groups, everyone }: Pick<ApplicableRules, 'user' | 'groups' | 'everyone'>,
  defaults: Defaults,
): Bucket =>
  bucket(
    'user',
    userId,
    (name) =>
      set(name, user ? [user] : []) ??
      set(name, groups) ??
      set(name, everyone ? [everyone] : []) ??
      defaults.caller[name],
  );

export const serviceBucket = (serviceId: string, rule: LimitRule | undefined, defaults: Defaults): Bucket =>
  bucket('service', serviceId, (name) => set(name, rule ? [rule] : []) ?? defaults.service[name]);

export const toolBucket = (serviceId: string, tool: string, rule: LimitRule, defaults: Defaults): Bucket =>
  bucket('tool', `${serviceId}/${tool}`, (name) => set(name, [rule]) ?? addition(name, defaults.service));

/** A bucket that stands beside the usual ones limits nothing that its rule does not name; whoever waits there waits in a bounded line. */
const addition = (name: LimitName, usual: Settings): Setting =>
  name === 'queue' ? usual.queue : { value: Infinity, from: 'built-in' };

/** The most generous number that any of the rules sets; undefined when none does. */
function set(name: LimitName, rules: readonly LimitRule[]): Setting | undefined {
  let best: Setting | undefined;
  for (const rule of rules) {
    const stored = rule[name];
    if (stored === null) continue;
    const value = valueOf(name, stored);
    if (!best || value > best.value) best = { value, from: rule };
  }
  return best;
}

const valueOf = (name: LimitName, stored: number): number =>
  stored === NO_LIMIT && LIFTABLE.has(name) ? Infinity : stored;

function bucket(kind: BucketKind, id: string, settingOf: (name: LimitName) => Setting): Bucket {
  const settings = Object.fromEntries(LIMIT_NAMES.map((name) => [name, settingOf(name)])) as unknown as Settings;
  return {
    kind,
    name: `${kind}:${id}`,
    settings,
    ratePerMinute: settings.ratePerMinute.value,
    seats: settings.concurrency.value,
    queue: settings.queue.value,
    dailyQuota: settings.dailyQuota.value,
  };
}
