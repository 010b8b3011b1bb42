import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsISO8601,
  IsIn,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { PERMISSIONS, type Permission } from '@gatehouse/contracts';
import { IsReadable, IsRowId, Optional, PageQuery, Trimmed, pageOf } from '../../platform/index.js';

export class ApiKey {
  id: string;
  name: string;
  userId: string;

  @ApiProperty({ format: 'email' })
  userEmail: string;

  /** The first characters of the secret, by which a person recognises it. */
  prefix: string;

  /** What the key may do, as far as its user may do it too. */
  @ApiProperty({ enum: PERMISSIONS, isArray: true })
  scopes: Permission[];

  /** The only services that the key may use; null for all that its user may use. */
  @ApiProperty({ type: [String], nullable: true })
  serviceIds: string[] | null;

  @ApiProperty({ format: 'date-time' })
  createdAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt: string | null;

  /** Up to a minute behind. */
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt: string | null;
}

export const ApiKeyPage = pageOf(ApiKey);

/** The only answer that ever holds the secret. */
export class ApiKeyCreated extends ApiKey {
  secret: string;
}

export class ApiKeyQuery extends PageQuery {
  /** Whose keys; anybody else's need the permission `api-keys:manage`. */
  @IsOptional()
  @IsRowId()
  userId?: string;
}

export class ApiKeyDraft {
  @Trimmed()
  @IsString()
  @Length(1, 80)
  @IsReadable()
  name: string;

  /** `tools:use` alone when absent; never more than you may do yourself. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PERMISSIONS.length)
  @ArrayUnique()
  @IsIn(PERMISSIONS, { each: true })
  @ApiProperty({ enum: PERMISSIONS, isArray: true, required: false })
  scopes?: Permission[];

  /** Ids of services; absent for all that you may use, now and later. */
  @Optional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsRowId({ each: true })
  serviceIds?: string[];

  /** Moment at which the key stops working; absent for never. */
  @Optional()
  @IsISO8601({ strict: true, strictSeparator: true })
  @ApiProperty({ format: 'date-time', required: false })
  expiresAt?: string;
}
