import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { PERMISSIONS, type Language, type Permission } from '@gatehouse/contracts';
import { IsReadable, Optional, Trimmed } from '../../platform/index.js';
import { IsNewPassword, IsPresentedPassword } from '../passwords/password-rules.js';
import { CREDENTIAL_KINDS, type CredentialKind } from '../principal.js';
import { IsNormalEmail } from '../users/email.js';
import { GroupRef, LANGUAGES } from '../users/user.dto.js';

export class Login {
  @IsNormalEmail()
  @ApiProperty({ format: 'email', maxLength: 254 })
  email: string;

  @IsPresentedPassword()
  @ApiProperty({ minLength: 1, maxLength: 256, writeOnly: true })
  password: string;
}

/** Who is calling, and what they may do with the credential they came with. */
export class Me {
  id: string;

  @ApiProperty({ format: 'email' })
  email: string;

  displayName: string;

  /** Preferred language; null follows the browser. */
  @ApiProperty({ type: String, enum: LANGUAGES, nullable: true })
  language: Language | null;

  /** Names of the user's roles. */
  roles: string[];

  /** Of the roles, narrowed by the scopes of the credential. */
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];

  groups: GroupRef[];

  @ApiProperty({ enum: CREDENTIAL_KINDS })
  via: CredentialKind;
}

/** What people may change about themselves; absent fields stay as they are. */
export class MeChange {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 120)
  @IsReadable()
  displayName?: string;

  @Optional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;
}

export class PasswordChange {
  @IsPresentedPassword()
  @ApiProperty({ minLength: 1, maxLength: 256, writeOnly: true })
  currentPassword: string;

  @IsNewPassword()
  @ApiProperty({ minLength: 12, maxLength: 256, writeOnly: true })
  newPassword: string;
}
