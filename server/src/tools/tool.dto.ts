import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { CallbackDraft } from '../jobs/index.js';
import { PageQuery, pageOf } from '../platform/index.js';
import {
  APPROVALS,
  HOLD_REASONS,
  SUSPICION_KINDS,
  TOOL_CLASSES,
  CachePolicy,
  type Approval,
  type HoldReason,
  type SuspicionKind,
  type ToolClass,
} from '../services/index.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;
/** Longest time that a caller may ask for, ms. */
const LONGEST_CALL_MS = 600_000;

/** What the caller may do with a tool. */
export class ToolAbilities {
  call: boolean;
}

export const REVIEW_STATES = ['accepted', 'held'] as const;
export const REVIEW_DECISIONS = ['accept', 'hold'] as const;

/** A part of a text that somebody should look at: it does not describe the tool, but wants something of its reader. */
export class TextMark {
  @ApiProperty({ enum: SUSPICION_KINDS })
  kind: SuspicionKind;

  /** In UTF-16 units of `after`. */
  start: number;

  /** Exclusive. */
  end: number;
}

/** One text of a tool that is not as it was accepted, or holds something that somebody should look at. */
export class TextChange {
  /** Where it stands, keys joined by dots. */
  path: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null: there was none, or it is not known.' })
  before: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null: there is none any more.' })
  after: string | null;

  @ApiProperty({ type: [TextMark] })
  marks: TextMark[];
}

/** Whether what the tool says about itself was accepted. Held tools can be seen and called by nobody. */
export class ToolReview {
  @ApiProperty({ enum: REVIEW_STATES })
  state: (typeof REVIEW_STATES)[number];

  /** Of what the service says now; a decision names it. */
  hash: string;

  @ApiProperty({ enum: HOLD_REASONS, nullable: true, description: 'Null: it is not held.' })
  reason: HoldReason | null;

  /** Since when it is held or accepted. */
  @ApiProperty({ format: 'date-time' })
  since: string;

  @ApiProperty({ type: String, nullable: true, description: 'Who accepted it; null: nobody had to.' })
  by: string | null;

  /** Against what was accepted before; empty once somebody has accepted it. */
  @ApiProperty({ type: [TextChange] })
  changes: TextChange[];
}

/** What somebody who looked at a tool decides. */
export class ToolReviewDecision {
  @ApiProperty({ enum: REVIEW_DECISIONS })
  @IsIn(REVIEW_DECISIONS)
  decision: (typeof REVIEW_DECISIONS)[number];

  /** Of what was looked at; when the service says something else by now, the decision is refused. */
  @IsString()
  @MaxLength(64)
  hash: string;
}

/** A tool of a service. Title, description, schemas and annotations are the service's own words. */
export class Tool {
  /** As the service calls it. */
  name: string;

  /** As MCP clients and models see it: prefixed, unique among all services, at most 64 characters. */
  publicName: string;

  @ApiProperty({ type: String, nullable: true })
  title: string | null;

  @ApiProperty({ type: String, nullable: true })
  description: string | null;

  @ApiProperty({ ...ANY_OBJECT, description: 'JSON Schema of the arguments.' })
  inputSchema: Readonly<Record<string, unknown>>;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: 'JSON Schema of the structured content.' })
  outputSchema?: Readonly<Record<string, unknown>>;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: 'Hints of the service about itself; no policy rests on them.' })
  annotations?: Readonly<Record<string, unknown>>;

  @ApiProperty({ type: 'array', items: ANY_OBJECT, required: false })
  icons?: readonly Readonly<Record<string, unknown>>[];

  /** Characters that nobody sees, taken out of title, description and schemas. More than none is a reason to look at it. */
  hiddenCharacters: number;

  @ApiProperty({ enum: TOOL_CLASSES })
  class: ToolClass;

  @ApiProperty({ enum: APPROVALS })
  approval: Approval;

  @ApiProperty({ type: CachePolicy, nullable: true, description: 'How its answers are kept; null: not at all.' })
  cache: CachePolicy | null;
  /** Doing it twice does no harm: a job that was interrupted may begin again. */
  idempotent: boolean;

  can: ToolAbilities;

  /** Only for those who administer services. */
  @ApiPropertyOptional({ type: ToolReview })
  review?: ToolReview;
}

export class ToolPage extends pageOf(Tool) {}

export class ToolServiceName {
  zh?: string;
  en?: string;
}

/** A tool in a list across services. */
export class CallableTool extends Tool {
  serviceId: string;
  serviceSlug: string;
  serviceName: ToolServiceName;
}

export class CallableToolPage extends pageOf(CallableTool) {}

/** What an administrator decides about a tool; what is left out stays. */
export class ToolPolicy {
  @ApiProperty({ enum: TOOL_CLASSES, required: false })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsIn(TOOL_CLASSES)
  class?: ToolClass;

  @ApiProperty({ enum: APPROVALS, required: false })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsIn(APPROVALS)
  approval?: Approval;

  /** Null: every call goes to the service, as at first. Not for destructive tools. */
  @ApiProperty({ type: CachePolicy, nullable: true, required: false })
  @ValidateIf((_, value: unknown) => value !== undefined && value !== null)
  @IsObject()
  @ValidateNested()
  @Type(() => CachePolicy)
  cache?: CachePolicy | null;

  /** Doing it twice does no harm: a job that was interrupted may begin again. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsBoolean()
  idempotent?: boolean;
}

/** Lists inside a service are short: a page holds all of most services. */
export class ServiceListQuery extends PageQuery {
  /** Items per page, 1 to 200. */
  @IsOptional()
  override limit?: number = 200;
}

export class ToolSearchQuery extends PageQuery {
  /** Matches name, title, description and service, whatever the case. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;
}

/** A call of one tool. */
export class CallRequestBody {
  @ApiProperty({ ...ANY_OBJECT, description: 'Checked against the input schema of the tool before anything is sent.' })
  @IsObject()
  arguments: Record<string, unknown>;

  /** The conversation that the call belongs to. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsString()
  @MaxLength(64)
  chatId?: string;

  /** How long the caller waits, ms; absent: as the service is set. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsInt()
  @Min(1)
  @Max(LONGEST_CALL_MS)
  timeoutMs?: number;

  /** Only with `Prefer: respond-async`: whom to tell when the job is over. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => CallbackDraft)
  callback?: CallbackDraft;
}

/** How a call ended. A tool's own failure is a result with `isError`. */
export class CallResult {
  callId: string;

  @ApiProperty({ ...ANY_OBJECT, description: "MCP's CallToolResult, as the service sent it." })
  result: object;

  durationMs: number;

  /** The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
  cached: boolean;

  /** It was on its way, and is as new as what the other call got. */
  @ApiProperty({ enum: [true], required: false })
  joined?: true;
}
