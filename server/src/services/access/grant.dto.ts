import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsObject, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { PageQuery, pageOf } from '../../platform/index.js';
import { IsLine, MayBeAbsent } from '../dto-rules.js';

const SUBJECT_KINDS = ['everyone', 'group', 'user'] as const;
type SubjectKind = (typeof SUBJECT_KINDS)[number];

const EFFECTS = ['allow', 'deny'] as const;
type Effect = (typeof EFFECTS)[number];

/** Longest name of a tool. */
const TOOL_NAME = 128;

/** Whom a grant is for. `id` is a group's or a user's; everyone has none. */
export class GrantSubject {
  @ApiProperty({ enum: SUBJECT_KINDS })
  @IsIn(SUBJECT_KINDS)
  kind: SubjectKind;

  @MayBeAbsent()
  @IsUUID()
  id?: string;
}

/** A grant inside the draft of a service. */
export class DraftGrant {
  @IsObject()
  @ValidateNested()
  @Type(() => GrantSubject)
  subject: GrantSubject;

  /** Exact name of one tool; absent for the whole service. */
  @MayBeAbsent()
  @IsLine(TOOL_NAME)
  tool?: string;

  @ApiProperty({ enum: EFFECTS })
  @IsIn(EFFECTS)
  effect: Effect;
}

/** A grant to create. */
export class GrantDraft extends DraftGrant {
  /** Id or slug. */
  @IsLine(64)
  serviceId: string;
}

/** The grants that a new service starts with. */
export class AccessControlDraft {
  @IsArray()
  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => DraftGrant)
  grants: DraftGrant[];
}

export class GrantedSubject {
  @ApiProperty({ enum: SUBJECT_KINDS })
  kind: SubjectKind;

  /** Null for everyone. */
  @ApiProperty({ type: String, nullable: true })
  id: string | null;

  /** Name of the group, e-mail address of the user, empty for everyone. */
  name: string;
}

/** Lets, or forbids, somebody to use a service or one of its tools. */
export class Grant {
  id: string;
  subject: GrantedSubject;
  serviceId: string;

  /** Null: the whole service, its resources and prompts included. */
  @ApiProperty({ type: String, nullable: true })
  tool: string | null;

  @ApiProperty({ enum: EFFECTS })
  effect: Effect;

  /** E-mail address; null when a declaration file or somebody since deleted made it. */
  @ApiProperty({ type: String, nullable: true })
  createdBy: string | null;

  createdAt: Date;
}

export class GrantPage extends pageOf(Grant) {}

export class GrantQuery extends PageQuery {
  /** Id or slug. */
  @IsOptional()
  @IsLine(64)
  serviceId?: string;

  @IsOptional()
  @ApiProperty({ enum: SUBJECT_KINDS, required: false })
  @IsIn(SUBJECT_KINDS)
  subjectKind?: SubjectKind;

  @IsOptional()
  @IsUUID()
  subjectId?: string;
}
