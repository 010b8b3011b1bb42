import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Answer of a probe. */
export class HealthAnswer {
  @ApiProperty({ enum: ['ok', 'error'] })
  status: 'ok' | 'error';

  /** Per check, for callers with `health:read`. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  details?: Record<string, unknown>;
}
