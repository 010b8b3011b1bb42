import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsEmail,
  IsIn,
  IsObject,
  IsString,
  Length,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { Language } from '@gatehouse/contracts';
import { EmbedAppDraft, GroupDraft } from '../auth/index.js';
import { LimitNumbersDraft } from '../limits/index.js';
import { LlmProviderDraft } from '../llm/index.js';
import { IsReadable, Optional } from '../platform/index.js';
import { IsLine, ServiceDraft } from '../services/index.js';
import { ToolPolicy } from '../tools/index.js';

/**
 * What a `gatehouse.yaml` can say. Parts refer to each other by slug, name or e-mail address, and are recognised again
 * by them.
 */

const MOST = 1_000;

/** What is decided about one tool; what is left out stays. */
export class DeclaredTool extends ToolPolicy {
  /** As the service calls it. */
  @IsString()
  @Length(1, 128)
  name: string;
}

/** A service; recognised again by its slug. */
export class DeclaredService extends OmitType(ServiceDraft, ['slug', 'accessControl']) {
  @Matches(/^[a-z0-9][a-z0-9-]{0,31}$/, { message: '$property must be 1 to 32 of a-z, 0-9 and -, not starting with -' })
  slug: string;

  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @ArrayUnique((tool: DeclaredTool) => tool.name)
  @ValidateNested({ each: true })
  @Type(() => DeclaredTool)
  tools?: DeclaredTool[];
}

/** A person; recognised again by the e-mail address. */
export class DeclaredUser {
  @IsEmail()
  @MaxLength(254)
  email: string;

  @Optional()
  @IsString()
  @Length(1, 120)
  @IsReadable()
  displayName?: string;

  /** `member` when absent. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  roles?: string[];

  /** Names of groups that the person belongs to; other memberships stay. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  groups?: string[];

  /** Set when the account is made, and never again: people change their passwords. */
  @Optional()
  @IsString()
  @Length(12, 256)
  password?: string;

  @Optional()
  @IsIn(['zh', 'en'])
  language?: Language;
}

/** A grant: for exactly one of a group, a user and everyone. */
export class DeclaredGrant {
  /** Slug. */
  @IsString()
  @Length(1, 36)
  service: string;

  @Optional()
  @IsString()
  @Length(1, 80)
  group?: string;

  @Optional()
  @IsEmail()
  user?: string;

  @Optional()
  @IsIn([true])
  everyone?: true;

  @Optional()
  @IsString()
  @Length(1, 128)
  tool?: string;

  @Optional()
  @IsIn(['allow', 'deny'])
  effect?: 'allow' | 'deny';
}

/** A limit: for exactly one of everyone, a group, a user, a service and a tool of it. What it does not set is inherited. */
export class DeclaredLimit extends LimitNumbersDraft {
  @Optional()
  @IsIn([true])
  everyone?: true;

  @Optional()
  @IsString()
  @Length(1, 80)
  group?: string;

  @Optional()
  @IsEmail()
  user?: string;

  /** Slug. */
  @Optional()
  @IsString()
  @Length(1, 36)
  service?: string;

  /** Of the service, exact. */
  @Optional()
  @IsLine(128)
  tool?: string;
}

export class DeclaredLlm {
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => LlmProviderDraft)
  providers: LlmProviderDraft[];
}

export class DeclaredEmbed {
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => EmbedAppDraft)
  apps: EmbedAppDraft[];
}

export class DeclarationFile {
  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => GroupDraft)
  groups?: GroupDraft[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => DeclaredUser)
  users?: DeclaredUser[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => DeclaredService)
  services?: DeclaredService[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => DeclaredGrant)
  grants?: DeclaredGrant[];

  @Optional()
  @IsArray()
  @ArrayMaxSize(MOST)
  @ValidateNested({ each: true })
  @Type(() => DeclaredLimit)
  limits?: DeclaredLimit[];

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeclaredLlm)
  llm?: DeclaredLlm;

  @Optional()
  @IsObject()
  @ValidateNested()
  @Type(() => DeclaredEmbed)
  embed?: DeclaredEmbed;
}
