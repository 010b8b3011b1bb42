import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  IsUrl,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ERRORS, type ErrorCode } from '@gatehouse/contracts';
import { Optional, pageOf } from '../platform/index.js';
import { LLM_KINDS, type LlmKind } from './llm-kind.js';

const HTTP_URL = { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true };

/** An endpoint that offers language models. Its key never leaves the server. */
export class LlmProvider {
  id: string;
  name: string;
  @ApiProperty({ enum: LLM_KINDS })
  kind: LlmKind;
  baseUrl: string;
  /** The model used where nobody chose one. */
  model: string;
  models: string[];
  hasKey: boolean;
  isDefault: boolean;
  contextTokens: number;
  enabled: boolean;
  version: number;
}

export const LlmProviderPage = pageOf(LlmProvider);

export class LlmProviderDraft {
  @IsString()
  @Length(1, 80)
  name: string;

  @ApiProperty({ enum: LLM_KINDS })
  @IsIn(LLM_KINDS)
  kind: LlmKind;

  /** Up to and including the version segment, for example `https://api.example.com/v1`. */
  @IsUrl(HTTP_URL)
  @MaxLength(2048)
  baseUrl: string;

  @IsString()
  @Length(1, 200)
  model: string;

  /** Further models that people may choose. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  models?: string[];

  /** Write-only; an empty text means that the endpoint wants no key. */
  @Optional()
  @IsString()
  @MaxLength(4096)
  apiKey?: string;

  @Optional()
  @IsBoolean()
  isDefault?: boolean;

  /** How many tokens of prompt and answer fit the model. */
  @Optional()
  @IsInt()
  @Min(1_000)
  @Max(10_000_000)
  contextTokens?: number;

  @Optional()
  @IsBoolean()
  enabled?: boolean;
}

export class LlmProviderChange {
  /** The version that was read; another one is refused. */
  @IsInt()
  @Min(1)
  version: number;

  @Optional()
  @IsString()
  @Length(1, 80)
  name?: string;

  @ApiPropertyOptional({ enum: LLM_KINDS })
  @Optional()
  @IsIn(LLM_KINDS)
  kind?: LlmKind;

  @Optional()
  @IsUrl(HTTP_URL)
  @MaxLength(2048)
  baseUrl?: string;

  @Optional()
  @IsString()
  @Length(1, 200)
  model?: string;

  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  models?: string[];

  /** Write-only; absent or `••••` keeps the stored key, an empty text removes it. */
  @Optional()
  @IsString()
  @MaxLength(4096)
  apiKey?: string;

  @Optional()
  @IsBoolean()
  isDefault?: boolean;

  @Optional()
  @IsInt()
  @Min(1_000)
  @Max(10_000_000)
  contextTokens?: number;

  @Optional()
  @IsBoolean()
  enabled?: boolean;
}

/** Why a provider did not answer. */
export class LlmTestError {
  @ApiProperty({ enum: Object.keys(ERRORS), enumName: 'ErrorCode' })
  code: ErrorCode;
  message: string;
  remedy: string;
}

/** What came of asking a provider for one word. */
export class LlmTestResult {
  ok: boolean;
  durationMs: number;
  error?: LlmTestError;
}

/** A model that people may choose. */
export class LlmModel {
  /** Pass it as `modelId` of a conversation or a message. */
  id: string;
  providerId: string;
  model: string;
  label: string;
  isDefault: boolean;
}

export class LlmModelList {
  @ApiProperty({ type: [LlmModel] })
  items: LlmModel[];
}
