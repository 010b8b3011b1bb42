import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import type { ErrorCode } from '@gatehouse/contracts';
import { AccessControlDraft } from '../access/grant.dto.js';
import { CREDENTIAL_TARGETS, type CredentialTarget } from '../definition.js';
import { IsLine, MayBeAbsent } from '../dto-rules.js';
import { Service, ServiceDraft } from '../service.dto.js';

/** Longest text that is read, in characters. */
const LONGEST_TEXT = 1_000_000;
const MOST_ENTRIES = 200;
const SEVERITIES = ['error', 'warning'] as const;

export class ImportText {
  @IsString()
  @MaxLength(LONGEST_TEXT)
  text: string;
}

/** Something about the text that is wrong or worth knowing, and where. */
export class ImportProblem {
  /** An entry with an error cannot be imported. */
  @ApiProperty({ enum: SEVERITIES })
  severity: (typeof SEVERITIES)[number];

  /** One sentence in the language of the request. */
  message: string;

  /** 1-based. */
  line: number;

  /** 1-based, in UTF-16 units. */
  column: number;

  code: string;
}

/** Where a secret was found. */
export class ImportSecret {
  @ApiProperty({ enum: CREDENTIAL_TARGETS })
  target: CredentialTarget;

  name: string;
}

/** One service that was recognised. */
export class ImportEntry {
  /** Names the entry in `ImportRequest`; the same text gives the same keys. */
  key: string;

  name: string;

  /** With secrets masked; null when the entry cannot be understood. */
  @ApiProperty({ type: ServiceDraft, nullable: true })
  draft: ServiceDraft | null;

  secrets: ImportSecret[];
  problems: ImportProblem[];
}

export class ImportPreview {
  entries: ImportEntry[];

  /** Problems of the text as a whole. */
  problems: ImportProblem[];
}

/** An entry to import, and what to change of it. */
export class ImportChoice {
  @IsLine(256)
  key: string;

  @MayBeAbsent()
  @IsLine(120)
  name?: string;

  @MayBeAbsent()
  @Matches(/^[a-z0-9][a-z0-9-]{0,31}$/, { message: '$property must be 1 to 32 of a-z, 0-9 and -, not starting with -' })
  slug?: string;

  @MayBeAbsent()
  @IsLine(64)
  category?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @IsLine(40, { each: true })
  tags?: string[];

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AccessControlDraft)
  accessControl?: AccessControlDraft;
}

export class ImportRequest {
  @IsString()
  @MaxLength(LONGEST_TEXT)
  text: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ENTRIES)
  @ValidateNested({ each: true })
  @Type(() => ImportChoice)
  entries: ImportChoice[];
}

export class ImportErrorText {
  @ApiProperty({ type: String })
  code: ErrorCode;

  message: string;
}

export class ImportFailure {
  key: string;
  error: ImportErrorText;
}

/** What became of each chosen entry. */
export class ImportResult {
  created: Service[];
  failed: ImportFailure[];
}
