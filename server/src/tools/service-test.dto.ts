import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsString, IsUUID, Max, MaxLength, Min, ValidateIf, ValidateNested } from 'class-validator';
import type { ErrorCode } from '@gatehouse/contracts';
import { TEST_STEPS, type TestStepName } from '../clients/index.js';
import { ServiceDraft } from '../services/index.js';

const DIRECTIONS = ['out', 'in'] as const;
const STEP_STATUSES = ['ok', 'failed', 'skipped'] as const;
const ERAS = ['modern', 'legacy'] as const;
const TRANSPORTS = ['stdio', 'streamable-http', 'sse', 'websocket'] as const;
const LONGEST_CALL_MS = 600_000;

/** One raw message between us and a service, with our secrets masked. */
export class Frame {
  @ApiProperty({ enum: DIRECTIONS })
  direction: (typeof DIRECTIONS)[number];

  at: Date;

  @ApiProperty({ type: 'object', additionalProperties: true })
  message: object;
}

export class TestStepError {
  @ApiProperty({ type: String })
  code: ErrorCode;

  message: string;
  remedy: string;
}

export class TestStep {
  @ApiProperty({ enum: TEST_STEPS })
  step: TestStepName;

  @ApiProperty({ enum: STEP_STATUSES })
  status: (typeof STEP_STATUSES)[number];

  durationMs: number;

  /** Technical and the same in every language: an address, a version, a number. */
  detail: string;

  error?: TestStepError;
}

export class TestedServer {
  name: string;
  version: string;
  title?: string;
}

export class TestCounts {
  tools: number;
  resources: number;
  resourceTemplates: number;
  prompts: number;
}

/** What a test of a service showed, step by step up to the first that failed. */
export class TestReport {
  ok: boolean;

  @ApiProperty({ type: [TestStep] })
  steps: TestStep[];

  @ApiProperty({ enum: ERAS, nullable: true })
  era: (typeof ERAS)[number] | null;

  @ApiProperty({ type: String, nullable: true })
  protocolVersion: string | null;

  @ApiProperty({ enum: TRANSPORTS, nullable: true })
  transport: (typeof TRANSPORTS)[number] | null;

  @ApiProperty({ type: TestedServer, nullable: true })
  serverInfo: TestedServer | null;

  counts: TestCounts;

  /** The end of what a local command wrote to standard error. */
  stderr?: string;

  /** The last raw messages, oldest first. */
  @ApiProperty({ type: [Frame] })
  messages: Frame[];
}

/** A service to try before it is saved. */
export class DraftTest {
  @IsObject()
  @ValidateNested()
  @Type(() => ServiceDraft)
  draft: ServiceDraft;

  /** The service being edited: masked credentials of the draft mean those stored there. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsUUID()
  serviceId?: string;
}

/** A call from the test panel. */
export class TestCall {
  /** As the service calls it. */
  @IsString()
  @MaxLength(128)
  tool: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  arguments: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'How long to wait, ms.' })
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsInt()
  @Min(1)
  @Max(LONGEST_CALL_MS)
  timeoutMs?: number;
}

export class TestTiming {
  /** Deciding, waiting in line and checking the arguments. */
  validateMs: number;
  upstreamMs: number;
}

export class TestCallResult {
  callId: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "MCP's CallToolResult, as the service sent it.",
  })
  result: object;

  durationMs: number;
  timing: TestTiming;

  @ApiProperty({ type: [Frame] })
  messages: Frame[];
}
