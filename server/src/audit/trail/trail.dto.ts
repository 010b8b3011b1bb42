import { ApiProperty } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageQuery, pageOf } from '../../platform/index.js';

/** Which administrative changes to show. */
export class TrailQuery extends PageQuery {
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
  actorId?: string;

  /** For example `service.update`; `service.*` matches an area. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  action?: string;

  @IsOptional()
  @IsString()
  @MaxLength(32)
  targetKind?: string;

  /** Part of the target's or actor's name. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class TrailActor {
  id: string;
  email: string;
}

export class TrailTarget {
  kind: string;
  id: string;
  name: string;
}

/** One administrative change. */
export class AdminEvent {
  id: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  /** Null for what the system did by itself. */
  @ApiProperty({ type: TrailActor, nullable: true })
  actor: TrailActor | null;

  action: string;
  target: TrailTarget;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  changes: Record<string, unknown> | null;

  @ApiProperty({ type: String, nullable: true })
  ip: string | null;

  requestId: string;
}

export const AdminEventPage = pageOf(AdminEvent);
