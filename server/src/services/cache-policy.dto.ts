import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { CACHE_SCOPES, LONGEST_TTL_SECONDS, type CacheScope } from './definition.js';

/** How answers are kept and given again. */
export class CachePolicy {
  /** How long, seconds; at most a day. */
  @IsInt()
  @Min(1)
  @Max(LONGEST_TTL_SECONDS)
  ttlSeconds: number;

  /** To whom: `principal`, only to whom they were given; `shared`, to everybody who may ask for the same. */
  @ApiProperty({ enum: CACHE_SCOPES })
  @IsIn(CACHE_SCOPES)
  scope: CacheScope;
}
