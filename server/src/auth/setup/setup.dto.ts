import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { IsReadable, Optional, Trimmed } from '../../platform/index.js';
import { IsNewPassword } from '../passwords/password-rules.js';
import { IsNormalEmail } from '../users/email.js';

export class SetupState {
  /** True until the first owner exists. */
  required: boolean;
}

/** The first owner's account. */
export class SetupDraft {
  /** From the link that the server printed at its start. */
  @Matches(/^[\w-]{1,128}$/)
  token: string;

  @IsNormalEmail()
  @ApiProperty({ format: 'email', maxLength: 254 })
  email: string;

  @IsNewPassword()
  @ApiProperty({ minLength: 12, maxLength: 256, writeOnly: true })
  password: string;

  /** The part of the e-mail address before the @ when absent. */
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 120)
  @IsReadable()
  displayName?: string;
}
