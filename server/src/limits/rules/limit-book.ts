import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import type { Principal } from '../../auth/index.js';
import { CONFIG, type Config } from '../../platform/index.js';
import { Serial } from '../../services/index.js';
import { LimitRuleRow } from './limit-rule.entity.js';
import { ruleOf, subjectKey, type StoredRule } from './limit-rows.js';
import {
  defaultsFor,
  keyBucket,
  resolve,
  serviceBucket,
  toolBucket,
  userBucket,
  type ApplicableRules,
  type BucketIds,
  type Defaults,
} from './resolve.js';
import type { Bucket, LimitSubject } from './rule.js';

/** Whoever more people than these are remembered for calls again is worked out again; it costs a few look-ups. */
const REMEMBERED = 10_000;

type Who = Pick<Principal, 'userId' | 'groupIds' | 'credential'>;

/** What is worked out of one set of rules, and forgotten with it. */
interface Snapshot {
  readonly rules: readonly StoredRule[];
  readonly bySubject: ReadonlyMap<string, StoredRule>;
  /** The same once more, for calls: without making a text for each look-up. By id of the key; by service and tool. */
  readonly keys: ReadonlyMap<string, StoredRule>;
  readonly tools: ReadonlyMap<string, ReadonlyMap<string, StoredRule>>;
  readonly users: Map<string, { groupIds: ReadonlySet<string>; bucket: Bucket }>;
  readonly others: Map<string, Bucket>;
}

/** All rules in memory: which limits are in force costs a call no query and next to no work. */
@Injectable()
export class LimitBook implements OnModuleInit {
  readonly defaults: Defaults;
  private snapshot: Snapshot = snapshotOf([]);
  private readonly serial = new Serial();

  constructor(
    @InjectRepository(LimitRuleRow) private readonly rows: Repository<LimitRuleRow>,
    @Inject(CONFIG) config: Pick<Config, 'callsPerMinute'>,
  ) {
    this.defaults = defaultsFor(config.callsPerMinute);
  }

  onModuleInit(): Promise<void> {
    return this.refresh();
  }

  /** Reads the rules again, after one of them changed. */
  refresh(): Promise<void> {
    return this.serial.run(async () => {
      this.snapshot = snapshotOf((await this.rows.find()).map(ruleOf));
    });
  }

  /** In no particular order. */
  all(): readonly StoredRule[] {
    return this.snapshot.rules;
  }

  rule(subject: LimitSubject): StoredRule | undefined {
    return this.snapshot.bySubject.get(subjectKey(subject));
  }

  /**
   * The buckets that a call goes through; equal to what `resolve` says of the same rules, but remembered.
   *
   * @param tool undefined for what is no tool
   */
  bucketsOf(who: Who, serviceId: string, tool: string | undefined): readonly Bucket[] {
    const buckets: Bucket[] = [];
    const key = this.keyBucketOf(who);
    if (key) buckets.push(key);
    buckets.push(this.userBucketOf(who));
    const ofTool = tool === undefined ? undefined : this.toolBucketOf(serviceId, tool);
    if (ofTool) buckets.push(ofTool);
    buckets.push(this.serviceBucketOf(serviceId));
    return buckets;
  }

  /** The buckets of somebody alone, whichever service they call. */
  callerBucketsOf(who: Who): readonly Bucket[] {
    const key = this.keyBucketOf(who);
    return key ? [key, this.userBucketOf(who)] : [this.userBucketOf(who)];
  }

  /** The same by `resolve` itself, for explaining. */
  explain(who: Pick<Principal, 'userId' | 'groupIds'>, ids: BucketIds): Bucket[] {
    return resolve(this.applicable(who, ids), ids, this.defaults);
  }

  private applicable({ userId, groupIds }: Pick<Principal, 'userId' | 'groupIds'>, ids: BucketIds): ApplicableRules {
    const { keyId, serviceId, tool } = ids;
    return {
      ...(keyId !== undefined && { key: this.rule({ kind: 'key', id: keyId }) }),
      user: this.rule({ kind: 'user', id: userId }),
      groups: [...groupIds].flatMap((id) => this.rule({ kind: 'group', id }) ?? []),
      everyone: this.rule({ kind: 'everyone' }),
      service: this.rule({ kind: 'service', id: serviceId }),
      ...(tool !== undefined && { tool: this.rule({ kind: 'tool', id: serviceId, tool }) }),
    };
  }

  private keyBucketOf({ credential }: Who): Bucket | undefined {
    if (credential.kind !== 'api-key') return undefined;
    const rule = this.snapshot.keys.get(credential.id);
    return rule && this.remembered(rule, () => keyBucket(credential.id, rule, this.defaults));
  }

  private toolBucketOf(serviceId: string, tool: string): Bucket | undefined {
    const rule = this.snapshot.tools.get(serviceId)?.get(tool);
    return rule && this.remembered(rule, () => toolBucket(serviceId, tool, rule, this.defaults));
  }

  private serviceBucketOf(serviceId: string): Bucket {
    const { others } = this.snapshot;
    const known = others.get(serviceId);
    if (known) return known;
    const bucket = serviceBucket(serviceId, this.rule({ kind: 'service', id: serviceId }), this.defaults);
    others.set(serviceId, bucket);
    return bucket;
  }

  private remembered(rule: StoredRule, make: () => Bucket): Bucket {
    const { others } = this.snapshot;
    const known = others.get(rule.id);
    if (known) return known;
    const bucket = make();
    others.set(rule.id, bucket);
    return bucket;
  }

  /** The set of groups is another object after every change of it. */
  private userBucketOf({ userId, groupIds }: Who): Bucket {
    const { users } = this.snapshot;
    const known = users.get(userId);
    if (known && known.groupIds === groupIds) return known.bucket;
    const bucket = userBucket(userId, this.applicable({ userId, groupIds }, { userId, serviceId: '' }), this.defaults);
    if (users.size >= REMEMBERED) users.clear();
    users.set(userId, { groupIds, bucket });
    return bucket;
  }
}

function snapshotOf(rules: readonly StoredRule[]): Snapshot {
  const keys = new Map<string, StoredRule>();
  const tools = new Map<string, Map<string, StoredRule>>();
  for (const rule of rules) {
    const { subject } = rule;
    if (subject.kind === 'key') keys.set(subject.id, rule);
    if (subject.kind !== 'tool') continue;
    const ofService = tools.get(subject.id) ?? new Map<string, StoredRule>();
    tools.set(subject.id, ofService.set(subject.tool, rule));
  }
  const bySubject = new Map(rules.map((rule) => [subjectKey(rule.subject), rule]));
  return { rules, bySubject, keys, tools, users: new Map(), others: new Map() };
}
