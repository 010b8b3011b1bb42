import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { Language } from '@gatehouse/contracts';
import { IsReadable, IsVersion, Optional, Trimmed, pageOf } from '../../platform/index.js';
import { IsNormalEmail } from '../users/email.js';
import { LANGUAGES } from '../users/user.dto.js';
import { IsOrigin } from './origin.js';

/** All that an embed session may ever do. */
export const EMBED_SCOPES = ['chat:use', 'tools:use'] as const;
export type EmbedScope = (typeof EMBED_SCOPES)[number];

export const LONGEST_EMBED_SESSION_SECONDS = 900;

/** A web application that shows the chat widget to its own users. */
export class EmbedApp {
  id: string;
  name: string;

  /** Exact origins of the pages that may hold the widget, for example `https://intranet.example.com`. */
  allowedOrigins: string[];

  /** Whether a user unknown here is created at the first session. */
  createUsers: boolean;

  /** The first characters of the secret. */
  prefix: string;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /** Up to a minute behind. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt: string | null;

  /** Send it back with a change. */
  version: number;
}

export const EmbedAppPage = pageOf(EmbedApp);

/** The only answer that ever holds the app's secret. */
export class EmbedAppCreated extends EmbedApp {
  secret: string;
}

export class EmbedAppDraft {
  @Trimmed()
  @IsString()
  @Length(1, 80)
  @IsReadable()
  name: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsOrigin({ each: true })
  allowedOrigins: string[];

  /** False when absent. */
  @Optional()
  @IsBoolean()
  createUsers?: boolean;
}

/** Fields that are absent stay as they are. */
export class EmbedAppChange {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 80)
  @IsReadable()
  name?: string;

  /** Sessions of origins that are gone end at once. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsOrigin({ each: true })
  allowedOrigins?: string[];

  @Optional()
  @IsBoolean()
  createUsers?: boolean;

  /** The version that was read; an older one is refused with 412. */
  @IsVersion()
  version: number;
}

/** For whom the session is. */
export class EmbedUser {
  @IsNormalEmail()
  @ApiProperty({ format: 'email', maxLength: 254 })
  email: string;

  /** How your application calls the user; kept with the session. */
  @Optional()
  @IsString()
  @Length(1, 128)
  @IsReadable()
  id?: string;

  /** Display name of a user who is created by this. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 120)
  @IsReadable()
  name?: string;
}

export class EmbedSessionDraft {
  @IsObject()
  @ValidateNested()
  @Type(() => EmbedUser)
  @IsObject()
  user: EmbedUser;

  /** Origin of the page; the token is good from there alone. */
  @IsOrigin()
  origin: string;

  /** Both when absent. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(EMBED_SCOPES.length)
  @ArrayUnique()
  @IsIn(EMBED_SCOPES, { each: true })
  @ApiProperty({ enum: EMBED_SCOPES, isArray: true, required: false })
  scopes?: EmbedScope[];

  /** Seconds, 60 to 900; 900 when absent. */
  @Optional()
  @IsInt()
  @Min(60)
  @Max(LONGEST_EMBED_SESSION_SECONDS)
  ttlSeconds?: number;

  /** Language of a user who is created by this. */
  @Optional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;
}

export class EmbedSession {
  /** Bearer token for the widget; shown once. */
  token: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt: string;

  sessionId: string;
}
