import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';
import {
  IsReadable,
  IsRowId,
  IsVersion,
  IsWellFormed,
  Optional,
  PageQuery,
  Trimmed,
  pageOf,
} from '../../platform/index.js';

export class Group {
  id: string;
  name: string;
  description: string;
  memberCount: number;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  /** Send it back with a change. */
  version: number;
}

export const GroupPage = pageOf(Group);

/** Which groups to list; without `q`, all of them. */
export class GroupQuery extends PageQuery {
  /** Part of a name. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  q?: string;
}

export class GroupDraft {
  @Trimmed()
  @IsString()
  @Length(1, 80)
  @IsReadable()
  name: string;

  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  @IsWellFormed()
  description?: string;
}

/** Fields that are absent stay as they are. */
export class GroupChange {
  @Optional()
  @Trimmed()
  @IsString()
  @Length(1, 80)
  @IsReadable()
  name?: string;

  @Optional()
  @Trimmed()
  @IsString()
  @MaxLength(500)
  @IsWellFormed()
  description?: string;

  /** The version that was read; an older one is refused with 412. */
  @IsVersion()
  version: number;
}

export class Member {
  userId: string;

  @ApiProperty({ format: 'email' })
  email: string;

  displayName: string;

  @ApiProperty({ format: 'date-time' })
  addedAt: string;
}

export const MemberPage = pageOf(Member);

export class MemberDraft {
  @IsRowId()
  userId: string;
}
