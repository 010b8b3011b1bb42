import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  MaxLength,
} from 'class-validator';
import type { Language } from '@gatehouse/contracts';
import { IsReadable, IsRowId, IsVersion, Optional, PageQuery, Trimmed, pageOf } from '../../platform/index.js';
import { IsRoleName } from '../roles/role-name.js';
import { IsNewPassword } from '../passwords/password-rules.js';
import { IsNormalEmail } from './email.js';
import { USER_SOURCES, type UserSource } from './user.entity.js';

export const LANGUAGES = ['zh', 'en'] as const;

export class GroupRef {
  id: string;
  name: string;
}

/** What the reader may do to a user. */
export class UserActs {
  edit: boolean;
  delete: boolean;
}

export class User {
  id: string;

  @ApiProperty({ format: 'email' })
  email: string;

  displayName: string;

  /** Preferred language; null follows the browser. */
  @ApiProperty({ type: String, enum: LANGUAGES, nullable: true })
  language: Language | null;

  /** Names of roles. */
  roles: string[];

  groups: GroupRef[];
  enabled: boolean;

  @ApiProperty({ enum: USER_SOURCES })
  source: UserSource;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /** Up to a minute behind. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastSeenAt: string | null;

  /** Send it back with a change. */
  version: number;

  can: UserActs;
}

export const UserPage = pageOf(User);

/** Which users to list; without `q`, all of them. */
export class UserQuery extends PageQuery {
  /** Part of an e-mail address or a name. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class UserDraft {
  @IsNormalEmail()
  @ApiProperty({ format: 'email', maxLength: 254 })
  email: string;

  @Trimmed()
  @IsString()
  @Length(1, 120)
  @IsReadable()
  displayName: string;

  /** 12 to 256 characters; without one, the user cannot sign in with a password. */
  @Optional()
  @IsNewPassword()
  @ApiProperty({ minLength: 12, maxLength: 256, required: false, writeOnly: true })
  password?: string;

  /** Names of roles; `member` when absent. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsRoleName({ each: true })
  roles?: string[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsRowId({ each: true })
  groupIds?: string[];

  @Optional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;
}

/** Fields that are absent stay as they are. */
export class UserChange {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 120)
  @IsReadable()
  displayName?: string;

  @Optional()
  @IsNormalEmail()
  @ApiProperty({ format: 'email', maxLength: 254, required: false })
  email?: string;

  /** Replaces all roles; ends the sessions of the user. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsRoleName({ each: true })
  roles?: string[];

  /** False ends the sessions of the user and stops the user's keys. */
  @Optional()
  @IsBoolean()
  enabled?: boolean;

  /** Sets a new password and ends the sessions of the user. */
  @Optional()
  @IsNewPassword()
  @ApiProperty({ minLength: 12, maxLength: 256, required: false, writeOnly: true })
  password?: string;

  @Optional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;

  /** The version that was read; an older one is refused with 412. */
  @IsVersion()
  version: number;
}
