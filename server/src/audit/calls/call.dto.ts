import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { CALL_STATUSES, DOORS, ERRORS, type CallStatus, type Door, type ErrorCode } from '@gatehouse/contracts';
import { PageQuery, pageOf } from '../../platform/index.js';

/** Which calls; every filter narrows. */
export class CallFilters {
  /** Not before this moment, ISO 8601. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Before this moment, ISO 8601. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @IsString()
  @MaxLength(36)
  userId?: string;

  @IsOptional()
  @IsString()
  @MaxLength(36)
  serviceId?: string;

  /** Exact name of a tool. */
  @IsOptional()
  @IsString()
  @MaxLength(256)
  tool?: string;

  @IsOptional()
  @IsIn(CALL_STATUSES)
  status?: CallStatus;

  @IsOptional()
  @IsIn(DOORS)
  door?: Door;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  chatId?: string;

  /** Part of a tool's, service's or person's name. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

/** Which calls to show, and which page of them. */
export class CallQuery extends IntersectionType(PageQuery, CallFilters) {}

export class CallUser {
  id: string;
  email: string;
  name: string;
}

export class CallCredential {
  @ApiProperty({ enum: ['session', 'api-key', 'embed'] })
  kind: string;
  id: string;
  name: string;
}

export class CallService {
  /** Null when the caller named a service that does not exist. */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;
  name: string;
}

/** One call or refusal. */
export class Call {
  id: string;

  /** When it came, ISO 8601. */
  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ enum: DOORS })
  door: Door;

  @ApiProperty({ enum: CALL_STATUSES })
  status: CallStatus;

  @ApiProperty({ enum: ['allow', 'deny'] })
  decision: 'allow' | 'deny';

  @ApiProperty({ enum: Object.keys(ERRORS), enumName: 'ErrorCode', nullable: true })
  errorCode: ErrorCode | null;

  /** The rule that refused it, in words. */
  @ApiProperty({ type: String, nullable: true })
  rule: string | null;

  user: CallUser;
  credential: CallCredential;
  service: CallService;
  tool: string;

  @ApiProperty({ type: String, nullable: true })
  chatId: string | null;

  /** Slug of the profile whose endpoint the call came to; null for every other way. */
  @ApiProperty({ type: String, nullable: true })
  profile: string | null;

  /** Null while it runs. */
  @ApiProperty({ type: Number, nullable: true })
  durationMs: number | null;

  requestBytes: number;
  responseBytes: number;

  /** The service was not asked for this call: an equal answer was kept, or on its way for somebody else. */
  cached: boolean;
}

/** A call with its masked request and response. */
export class CallDetail extends Call {
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  request: Record<string, unknown> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  response: Record<string, unknown> | null;
}

export const SEALS = ['valid', 'broken', 'none'] as const;

/** A call in full, and whether it is what was written. */
export class SealedCall extends CallDetail {
  /** `none`: it was recorded before there was a chain. */
  @ApiProperty({ enum: SEALS, enumName: 'CallSeal' })
  seal: (typeof SEALS)[number];
}

export const CallPage = pageOf(Call);
