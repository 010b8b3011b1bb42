import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUrl, MaxLength, ValidateBy, ValidateIf } from 'class-validator';
import { JOB_STATUSES, type ErrorCode, type JobStatus } from '@gatehouse/contracts';
import { PageQuery, pageOf } from '../platform/index.js';
import { CALLBACK_STATES, type CallbackState } from './callback/delivery.js';
import { isSigningSecret } from './callback/signature.js';

/** Whom to tell when a job is over, by a POST that says which job and how it ended. */
export class CallbackDraft {
  /** http or https; where it may lead is the operator's to decide. */
  @IsString()
  @MaxLength(2_048)
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true })
  url: string;

  /** Signs deliveries as Standard Webhooks does: `whsec_` and 24 to 64 bytes in base64. No answer ever holds it. */
  @ValidateIf((_, value: unknown) => value !== undefined)
  @IsString()
  @MaxLength(128)
  @ValidateBy({
    name: 'isSigningSecret',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isSigningSecret(value),
      defaultMessage: () => 'secret must be whsec_ and 24 to 64 bytes in base64',
    },
  })
  secret?: string;
}

export class JobProgressView {
  progress: number;
  total?: number;
  /** The service's own words. */
  message?: string;
}

export class JobOwner {
  id: string;
  email: string;
  name: string;
  /** Kind of the credential that it was started with. */
  credential: string;
}

export class JobProblem {
  path: string;
  message: string;
}

export class JobError {
  @ApiProperty({ type: String })
  code: ErrorCode;

  message: string;
  remedy: string;

  @ApiProperty({ type: [JobProblem], required: false })
  fields?: readonly JobProblem[];
}

/** One attempt to tell the end of a job. */
export class JobDelivery {
  /** ISO 8601. */
  at: string;

  /** HTTP status; null when no answer came. */
  @ApiProperty({ type: Number, nullable: true })
  status: number | null;

  @ApiProperty({ type: String, required: false })
  error?: ErrorCode;
}

export class JobCallback {
  /** Without its query. */
  url: string;

  @ApiProperty({ enum: CALLBACK_STATES })
  state: CallbackState;

  @ApiProperty({ type: Date, nullable: true })
  nextAt: Date | null;

  @ApiProperty({ type: [JobDelivery] })
  deliveries: readonly JobDelivery[];
}

/** Work that goes on after the request that asked for it. */
export class Job {
  id: string;

  /** `tool-call` or `tool-batch`. */
  kind: string;

  title: string;

  @ApiProperty({
    enum: JOB_STATUSES,
    description: '`unknown`: the server stopped while it ran, and whether the work was done is not known.',
  })
  status: JobStatus;

  @ApiProperty({ type: JobProgressView, nullable: true })
  progress: JobProgressView | null;

  owner: JobOwner;

  /** How often it was begun. */
  attempts: number;

  /** It may be begun again when the server stopped while it ran. */
  idempotent: boolean;

  /** Somebody wants it stopped. */
  cancelRequested: boolean;

  @ApiProperty({ type: JobError, nullable: true })
  error: JobError | null;

  @ApiProperty({ type: JobCallback, nullable: true })
  callback: JobCallback | null;

  createdAt: Date;

  @ApiProperty({ type: Date, nullable: true })
  startedAt: Date | null;

  @ApiProperty({ type: Date, nullable: true })
  finishedAt: Date | null;

  /** When it is forgotten; null while it is under way. */
  @ApiProperty({ type: Date, nullable: true })
  expiresAt: Date | null;
}

/** A job with what came of it. */
export class JobDetail extends Job {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'As the same request without `Prefer: respond-async` would have been answered; null without a result.',
  })
  result: unknown;
}

export class JobPage extends pageOf(Job) {}

export class JobQuery extends PageQuery {
  @IsOptional()
  @ApiProperty({ enum: JOB_STATUSES, required: false })
  @IsIn(JOB_STATUSES)
  status?: JobStatus;

  /** Those of everybody, for whoever manages jobs; otherwise one's own. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  everybody?: boolean;
}
