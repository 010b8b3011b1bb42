import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsString, Matches, MaxLength, ValidateIf, ValidateNested } from 'class-validator';
import { CREDENTIAL_KINDS, type CredentialKind } from '../auth/index.js';

const ERAS = ['modern', 'legacy'] as const;
const HOPS = ['client', 'service'] as const;
const DIRECTIONS = ['in', 'out'] as const;
const SUBJECTS = ['user', 'group'] as const;

export class TrafficPerson {
  id: string;
  email: string;
  name: string;
}

export class TrafficCredential {
  @ApiProperty({ enum: CREDENTIAL_KINDS, enumName: 'CredentialKind' })
  kind: CredentialKind;

  id: string;
  name: string;
}

/** A client as it introduced itself: foreign text. */
export class TrafficClient {
  name: string;
  version: string;
}

/** Somebody's MCP client: a session of the older revisions, or all like requests of 2026-07-28. */
export class TrafficSourceView {
  id: string;

  @ApiProperty({ enum: ERAS })
  era: (typeof ERAS)[number];

  /** Path of the endpoint. */
  endpoint: string;

  person: TrafficPerson;
  credential: TrafficCredential;

  @ApiProperty({ type: TrafficClient, nullable: true })
  client: TrafficClient | null;

  since: Date;
  lastUsedAt: Date;
  requests: number;

  /** Somebody is looking at its messages. */
  isTapped: boolean;
}

/** One message as it crossed the wire, secrets masked. */
export class TrafficFrame {
  /** Counts up; a hole means that older ones were dropped. */
  n: number;

  at: Date;

  @ApiProperty({ enum: HOPS, description: 'Between which two: client and Gatehouse, or Gatehouse and a service.' })
  hop: (typeof HOPS)[number];

  @ApiProperty({ enum: DIRECTIONS, description: 'As Gatehouse sees it.' })
  direction: (typeof DIRECTIONS)[number];

  @ApiProperty({
    nullable: true,
    description: 'Null when it was too large to be kept.',
    type: 'object',
    additionalProperties: true,
  })
  message: unknown;

  /** Characters of the message as JSON. */
  size: number;

  /** Of an answer: since its request passed, ms. */
  durationMs?: number;
}

/** As whom a request is run. */
export class RunAs {
  @ApiProperty({ enum: SUBJECTS })
  @IsIn(SUBJECTS)
  kind: (typeof SUBJECTS)[number];

  @IsString()
  @MaxLength(64)
  id: string;
}

/** A request to one of the endpoints, written or changed by hand. */
export class InspectorRequest {
  /** Path of an endpoint: `/mcp`, `/mcp/s/<slug>` or `/mcp/p/<profile>`. */
  @IsString()
  @MaxLength(200)
  @Matches(/^\/mcp(\/|$)/)
  endpoint: string;

  @IsString()
  @MaxLength(100)
  @Matches(/^[a-z]+(\/[a-zA-Z_]+)*$/)
  method: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  params: Record<string, unknown>;

  /** Absent: as oneself. */
  @ApiPropertyOptional({ type: RunAs })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsObject()
  @ValidateNested()
  @Type(() => RunAs)
  as?: RunAs;
}

export class InspectorAnswer {
  /** Everything that passed, on both hops. */
  @ApiProperty({ type: [TrafficFrame] })
  frames: TrafficFrame[];

  durationMs: number;
}
