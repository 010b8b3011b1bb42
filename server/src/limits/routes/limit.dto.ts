import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsObject, IsOptional, IsUUID, Max, Min, ValidateNested } from 'class-validator';
import { IsVersion, PageQuery, pageOf } from '../../platform/index.js';
import { IsLine, MayBeAbsent } from '../../services/index.js';
import {
  BUCKET_KINDS,
  CEILING,
  LIMIT_NAMES,
  SUBJECT_KINDS,
  type BucketKind,
  type LimitName,
  type LimitNumbers,
  type SubjectKind,
} from '../rules/rule.js';

/** Longest name of a tool. */
const TOOL_NAME = 128;

/** Whom or what a rule limits. */
export class LimitSubjectDraft {
  @ApiProperty({ enum: SUBJECT_KINDS })
  @IsIn(SUBJECT_KINDS)
  kind: SubjectKind;

  /** Of the group, user, API key or service; for a tool, of its service. Everyone has none. */
  @MayBeAbsent()
  @IsUUID()
  id?: string;

  /** Exact name; for a tool alone. */
  @MayBeAbsent()
  @IsLine(TOOL_NAME)
  tool?: string;
}

const Places =
  (name: LimitName, min: number): PropertyDecorator =>
  (target, property) => {
    ApiProperty({ type: 'integer', nullable: true, required: false, minimum: min, maximum: CEILING[name] })(
      target,
      property,
    );
    for (const rule of [IsOptional(), IsInt(), Min(min), Max(CEILING[name])]) rule(target, property);
  };

/** What a rule sets; null, or absent in a new rule, inherits. */
export class LimitNumbersDraft {
  /** Calls in a minute that begins with the first of them; 0 for any number. */
  @Places('ratePerMinute', 0)
  ratePerMinute?: number | null;

  /** Calls at once. */
  @Places('concurrency', 1)
  concurrency?: number | null;

  /** Calls that may wait for a place; 0 for none. */
  @Places('queue', 0)
  queue?: number | null;

  /** Calls in a day of UTC; 0 for any number. */
  @Places('dailyQuota', 0)
  dailyQuota?: number | null;
}

/** All numbers of a new rule. */
export const numbersOf = (draft: LimitNumbersDraft): LimitNumbers => ({
  ratePerMinute: draft.ratePerMinute ?? null,
  concurrency: draft.concurrency ?? null,
  queue: draft.queue ?? null,
  dailyQuota: draft.dailyQuota ?? null,
});

export class LimitDraft extends LimitNumbersDraft {
  @IsObject()
  @ValidateNested()
  @Type(() => LimitSubjectDraft)
  subject: LimitSubjectDraft;
}

/** A field that is left out stays as it is. */
export class LimitChange extends LimitNumbersDraft {
  @IsVersion()
  version: number;
}

export class LimitedSubject {
  @ApiProperty({ enum: SUBJECT_KINDS })
  kind: SubjectKind;

  @ApiProperty({ type: String, nullable: true })
  id: string | null;

  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  /** Empty for everyone. */
  name: string;
}

/** A rule: what it sets for whom or what. */
export class Limit {
  id: string;
  subject: LimitedSubject;

  /** Calls a minute; 0: any number, null: inherited. */
  @ApiProperty({ type: Number, nullable: true })
  ratePerMinute: number | null;

  /** Calls at once; null: inherited. */
  @ApiProperty({ type: Number, nullable: true })
  concurrency: number | null;

  /** Calls that may wait for a place; null: inherited. */
  @ApiProperty({ type: Number, nullable: true })
  queue: number | null;

  /** Calls in a day of UTC; 0: any number, null: inherited. */
  @ApiProperty({ type: Number, nullable: true })
  dailyQuota: number | null;

  /** E-mail address; null when a file declares it, or whoever made it was deleted since. */
  @ApiProperty({ type: String, nullable: true })
  createdBy: string | null;

  createdAt: Date;
  updatedAt: Date;
  version: number;
}

export class LimitPage extends pageOf(Limit) {}

export class LimitQuery extends PageQuery {
  @IsOptional()
  @ApiProperty({ enum: SUBJECT_KINDS, required: false })
  @IsIn(SUBJECT_KINDS)
  kind?: SubjectKind;
}

const SOURCES = ['built-in', 'configuration', 'rule'] as const;

/** One number in force, and where it comes from. */
export class LimitSetting {
  @ApiProperty({ enum: LIMIT_NAMES })
  name: LimitName;

  /** Null: no limit. */
  @ApiProperty({ type: Number, nullable: true })
  value: number | null;

  @ApiProperty({ enum: SOURCES })
  source: (typeof SOURCES)[number];

  /** Id of the rule that sets it. */
  @ApiProperty({ type: String, nullable: true })
  ruleId: string | null;

  /** Where it comes from, in the language of the request. */
  explanation: string;
}

/** What applies where no rule says anything. */
export class LimitDefaults {
  /** For each person. */
  @ApiProperty({ type: [LimitSetting] })
  caller: LimitSetting[];

  /** For each service, for all callers together. */
  @ApiProperty({ type: [LimitSetting] })
  service: LimitSetting[];
}

/** What calls share: everything that goes through it counts against the same numbers. */
export class LimitBucket {
  @ApiProperty({ enum: BUCKET_KINDS })
  kind: BucketKind;

  name: string;

  @ApiProperty({ type: [LimitSetting] })
  settings: LimitSetting[];
}

export class EffectiveLimitsQuery {
  /** Id or e-mail address. */
  @IsLine(254)
  user: string;

  /** Id or slug. */
  @IsLine(64)
  service: string;

  /** Exact name; absent for resources and prompts. */
  @IsOptional()
  @IsLine(TOOL_NAME)
  tool?: string;

  /** Id of the API key by which they come. */
  @IsOptional()
  @IsUUID()
  key?: string;
}

/** The limits of one call: it takes all of them to let it through. */
export class EffectiveLimits {
  /** In the order in which a call goes through them. */
  @ApiProperty({ type: [LimitBucket] })
  buckets: LimitBucket[];

  /** The tightest number of all buckets, one for each limit. */
  @ApiProperty({ type: [LimitSetting] })
  tightest: LimitSetting[];
}

/** How much of a window is used. */
export class LimitUse {
  used: number;

  /** Null: no limit. */
  @ApiProperty({ type: Number, nullable: true })
  remaining: number | null;

  /** Until the window ends, s. */
  secondsLeft: number;
}

export class OwnLimitBucket extends LimitBucket {
  /** Null where nothing is counted, because there is no limit. */
  @ApiProperty({ type: LimitUse, nullable: true })
  minute: LimitUse | null;

  /** Null where nothing is counted, because there is no quota. */
  @ApiProperty({ type: LimitUse, nullable: true })
  day: LimitUse | null;

  /** Calls under way. */
  inside: number;

  /** Calls that wait for a place. */
  waiting: number;
}

/** Where the caller stands. */
export class OwnLimits {
  @ApiProperty({ type: [OwnLimitBucket] })
  buckets: OwnLimitBucket[];
}
