import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { ErrorCode } from '@gatehouse/contracts';
import { CallbackDraft } from '../../jobs/index.js';

const ANY_OBJECT = { type: 'object', additionalProperties: true } as const;
const MOST_ITEMS = 100;

/** Names the first that is none. */
const HoldsObjects = (): PropertyDecorator =>
  ValidateBy({
    name: 'holdsObjects',
    validator: {
      validate: (items: unknown) => firstOdd(items) === -1,
      defaultMessage: (at) => `items.${firstOdd(at?.value)} must be an object`,
    },
  });

const firstOdd = (items: unknown): number =>
  Array.isArray(items)
    ? items.findIndex((item) => typeof item !== 'object' || item === null || Array.isArray(item))
    : -1;

/** One call of a batch. */
export class BatchItem {
  /** Id or slug. */
  @IsString()
  @MinLength(1)
  @MaxLength(64)
  service: string;

  /** The tool's own name, exact and case-sensitive. */
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  tool: string;

  @ApiProperty({ ...ANY_OBJECT, description: 'Checked against the input schema of the tool before anything is sent.' })
  @IsObject()
  arguments: Record<string, unknown>;

  /** How long to wait for it, ms; absent: as the service is set. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsInt()
  @Min(1)
  @Max(600_000)
  timeoutMs?: number;
}

/** Calls that do not depend on each other; they run in any order, some at once. */
export class BatchBody {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ITEMS)
  // Lists and null would pass for items.
  @HoldsObjects()
  @ValidateNested({ each: true })
  @Type(() => BatchItem)
  items: BatchItem[];

  /** Only with `Prefer: respond-async`: whom to tell when the job is over. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => CallbackDraft)
  callback?: CallbackDraft;
}

export class BatchProblem {
  path: string;
  message: string;
}

export class BatchError {
  @ApiProperty({ type: String })
  code: ErrorCode;

  message: string;
  remedy: string;

  @ApiProperty({ type: [BatchProblem], required: false })
  fields?: readonly BatchProblem[];
}

/** How one call of a batch ended. */
export class BatchItemResult {
  service: string;
  tool: string;

  /** HTTP status that the call alone would have been answered with. A tool's own failure is 200, with `isError` in its result. */
  status: number;

  callId?: string;

  @ApiPropertyOptional({ ...ANY_OBJECT, description: "MCP's CallToolResult, as the service sent it." })
  result?: object;

  durationMs?: number;

  /** The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
  cached?: boolean;

  /** It was on its way, and is as new as what the other call got. */
  @ApiProperty({ enum: [true], required: false })
  joined?: true;

  error?: BatchError;
}

/** In the order of the request. */
export class BatchResult {
  @ApiProperty({ type: [BatchItemResult] })
  items: BatchItemResult[];
}
