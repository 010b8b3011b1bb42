import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';
import { PERMISSIONS, type Permission } from '@gatehouse/contracts';
import { IsReadable, Trimmed, pageOf } from '../../platform/index.js';
import { IsRoleName } from './role-name.js';

/** A named list of permissions. */
export class Role {
  name: string;

  /** What people see. */
  title: string;

  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];

  /** Built-in roles cannot be changed. */
  builtIn: boolean;
}

export const RolePage = pageOf(Role);

/** What a role says. */
export class RoleDraft {
  /** Lower-case letters, digits and dashes; it cannot be changed later. */
  @IsRoleName()
  name: string;

  @Trimmed()
  @IsString()
  @Length(1, 80)
  @IsReadable()
  title: string;

  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  permissions: Permission[];
}
