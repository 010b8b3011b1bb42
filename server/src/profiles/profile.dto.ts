import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import { pageOf } from '../platform/index.js';
import {
  GrantSubject,
  GrantedSubject,
  IsLine,
  IsProse,
  LocalLabel,
  LocalText,
  MayBeAbsent,
} from '../services/index.js';
import { PROFILE_MODES, type ProfileMode } from './definition.js';

const EFFECTS = ['allow', 'deny'] as const;
type Effect = (typeof EFFECTS)[number];

const MISSING = ['service', 'tool'] as const;
type Missing = (typeof MISSING)[number];

const TOOL_NAME = 128;
const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/;
const SLUG_RULE = { message: '$property must be 1 to 32 of a-z, 0-9 and -, not starting with -' };
const ALIAS = /^[A-Za-z0-9_-]{1,64}$/;
const ALIAS_RULE = { message: '$property must be 1 to 64 of A-Z, a-z, 0-9, _ and -' };

/** A whole service, or one tool of it, to put into a profile. */
export class ProfileItemDraft {
  /** Id or slug; the id of a service that is gone may stay. */
  @IsLine(64)
  serviceId: string;

  /** Exact name of one tool; absent for the whole service. */
  @MayBeAbsent()
  @IsLine(TOOL_NAME)
  tool?: string;

  /** For one tool: its name in this profile, unique there however it is written. */
  @MayBeAbsent()
  @Matches(ALIAS, ALIAS_RULE)
  alias?: string;

  /** For one tool: said of it instead of the service's own words. */
  @MayBeAbsent()
  @IsProse(4_000)
  description?: string;

  /** For a whole service: its prompts and resources come along. */
  @MayBeAbsent()
  @IsBoolean()
  content?: boolean;

  /** For a whole service: exact names of tools that stay out. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsLine(TOOL_NAME, { each: true })
  except?: string[];
}

/** Lets, or forbids, somebody to use what the profile offers. */
export class ProfileGrantDraft {
  @IsObject()
  @ValidateNested()
  @Type(() => GrantSubject)
  subject: GrantSubject;

  @ApiProperty({ enum: EFFECTS })
  @IsIn(EFFECTS)
  effect: Effect;
}

export class ProfileAccessDraft {
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ProfileGrantDraft)
  grants: ProfileGrantDraft[];
}

/** What every draft of a profile may say. */
class ProfileFields {
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalLabel)
  displayName?: LocalLabel;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => LocalText)
  description?: LocalText;

  /** Told to clients and models at the start; empty for a text of the product. */
  @MayBeAbsent()
  @IsProse(8_000)
  instructions?: string;

  @ApiProperty({ enum: PROFILE_MODES, required: false, default: 'list' })
  @MayBeAbsent()
  @IsIn(PROFILE_MODES)
  mode?: ProfileMode;

  /** A new profile is switched on unless this says otherwise. */
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => ProfileItemDraft)
  items?: ProfileItemDraft[];

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ProfileAccessDraft)
  accessControl?: ProfileAccessDraft;
}

/** A profile to make. */
export class ProfileDraft extends ProfileFields {
  /** Last part of the endpoint `/mcp/p/<slug>`. */
  @Matches(SLUG, SLUG_RULE)
  slug: string;
}

/** A change of a profile: absent fields stay as they are; `items` and `accessControl`, when given, replace all. */
export class ProfileChange extends ProfileFields {
  @MayBeAbsent()
  @Matches(SLUG, SLUG_RULE)
  slug?: string;

  /** Of the profile as it was read; somebody else's change in between is answered with 412. */
  @IsInt()
  @Min(1)
  version: number;
}

export class ProfileItem {
  serviceId: string;

  /** Null when the service is gone. */
  @ApiProperty({ type: String, nullable: true })
  serviceSlug: string | null;

  /** As the service is called, or was called when it was put in. */
  serviceName: string;

  /** Null for the whole service. */
  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  @ApiProperty({ type: String, nullable: true })
  alias: string | null;

  @ApiProperty({ type: String, nullable: true })
  description: string | null;

  content: boolean;
  except: string[];

  /** What no longer exists, or is not known at the moment; null when everything is there. */
  @ApiProperty({ enum: MISSING, nullable: true })
  missing: Missing | null;

  /** How many tools it adds right now. */
  tools: number;
}

export class ProfileGrant {
  id: string;
  subject: GrantedSubject;

  @ApiProperty({ enum: EFFECTS })
  effect: Effect;

  /** E-mail address; null for somebody since deleted. */
  @ApiProperty({ type: String, nullable: true })
  createdBy: string | null;

  createdAt: Date;
}

export class ProfileAccess {
  grants: ProfileGrant[];
}

export class ProfileAbilities {
  edit: boolean;
  delete: boolean;
}

/** A curated set of tools with an endpoint and grants of its own. */
export class Profile {
  id: string;
  slug: string;
  displayName: LocalLabel;
  description: LocalText;

  @ApiProperty({ enum: PROFILE_MODES })
  mode: ProfileMode;

  enabled: boolean;

  /** Path of the MCP endpoint. */
  endpoint: string;

  /** How many tools it offers: in all to those with services:read, otherwise to the caller. */
  tools: number;

  /** Only with services:read. */
  instructions?: string;

  /** In their order; only with services:read. */
  items?: ProfileItem[];

  /** Only with grants:read. */
  accessControl?: ProfileAccess;

  /** E-mail address. */
  @ApiProperty({ type: String, nullable: true })
  createdBy: string | null;

  createdAt: Date;
  updatedAt: Date;
  version: number;
  can: ProfileAbilities;
}

export class ProfilePage extends pageOf(Profile) {}
