import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsObject,
  IsString,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Optional, pageOf } from '../platform/index.js';

/** A conversation of the caller. */
export class Conversation {
  id: string;
  /** Made of the first message; null until there is one. */
  @ApiProperty({ type: String, nullable: true })
  title: string | null;
  serviceIds: string[];
  @ApiProperty({ type: String, nullable: true })
  modelId: string | null;
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt: string;
}

export const ConversationPage = pageOf(Conversation);

export class ConversationDraft {
  @Optional()
  @IsString()
  @Length(1, 200)
  title?: string;

  /** The services whose tools the model is offered; those that the caller may not use are passed over. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  serviceIds?: string[];

  /** `id` of a model in `/api/llm/models`; absent: the default. */
  @Optional()
  @IsString()
  @MaxLength(240)
  modelId?: string;
}

export class ConversationChange extends ConversationDraft {}

/** A tool called by the person, without the model. */
export class DirectCall {
  /** Id or slug. */
  @IsString()
  @Length(1, 64)
  serviceId: string;

  @IsString()
  @Length(1, 128)
  tool: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  @IsObject()
  arguments: Record<string, unknown>;
}

/** What the person says or does: at least one of `text` and `direct`. */
export class ChatTurn {
  @Optional()
  @IsString()
  @Length(1, 100_000)
  text?: string;

  @ApiPropertyOptional({ type: DirectCall })
  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => DirectCall)
  direct?: DirectCall;

  /** Kept for the conversation. */
  @Optional()
  @IsString()
  @MaxLength(240)
  modelId?: string;

  /** Kept for the conversation. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  serviceIds?: string[];
}

/** One message, as the person saw it. */
export class ChatMessage {
  id: string;
  @ApiProperty({ enum: ['user', 'assistant'] })
  role: 'user' | 'assistant';
  /** Parts of the AI SDK's UI message: `text`, `dynamic-tool`, `data-call`, `data-notice`, `data-direct`. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  parts: object[];
  @ApiProperty({ format: 'date-time' })
  createdAt: string;
}

export const ChatMessagePage = pageOf(ChatMessage);
