import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsISO8601, IsOptional, Max, Min } from 'class-validator';

export const USAGE_DIMENSIONS = ['service', 'tool', 'user', 'day'] as const;
export type UsageDimension = (typeof USAGE_DIMENSIONS)[number];

/** Which calls to count, and by what. */
export class UsageQuery {
  /** Not before this moment, ISO 8601; thirty days ago when absent. */
  @IsOptional()
  @IsISO8601({ strict: true })
  from?: string;

  /** Before this moment, ISO 8601; now when absent. */
  @IsOptional()
  @IsISO8601({ strict: true })
  to?: string;

  @IsOptional()
  @IsIn(USAGE_DIMENSIONS)
  @ApiProperty({ enum: USAGE_DIMENSIONS, default: 'service', required: false })
  by?: UsageDimension;

  /** Minutes to add to UTC for the reader's days, −840 to 840. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^-?\d{1,3}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(-840)
  @Max(840)
  utcOffsetMinutes?: number;
}

/** Calls of one service, tool, user or day. */
export class UsageRow {
  /** Id of the service or user, `<serviceId>/<tool>`, or the day as YYYY-MM-DD. */
  key: string;
  label: string;
  /** All that reached us, refusals included. */
  calls: number;
  errors: number;
  denied: number;
  /** Mean duration of finished calls that were not refused, ms. */
  avgMs: number;
  /** 95th percentile of the same, ms, to within a tenth. */
  p95Ms: number;
}

export class UsageReport {
  @ApiProperty({ format: 'date-time' })
  from: string;

  @ApiProperty({ format: 'date-time' })
  to: string;

  @ApiProperty({ type: [UsageRow] })
  items: UsageRow[];

  @ApiProperty({ type: UsageRow })
  total: UsageRow;
}
