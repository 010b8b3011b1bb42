import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { HEALTH_STATES, type ErrorCode, type HealthState } from '@gatehouse/contracts';
import { PageQuery, pageOf } from '../platform/index.js';
import { AccessControlDraft, Grant } from './access/grant.dto.js';
import { CachePolicy } from './cache-policy.dto.js';
import {
  CONNECT_MODES,
  CREDENTIAL_TARGETS,
  SERVICE_STATUSES,
  SERVICE_TYPES,
  SHARING_MODES,
  TOOL_CHANGES,
  type ConnectMode,
  type CredentialTarget,
  type ServiceStatus,
  type ServiceType,
  type SharingMode,
  type ToolChanges,
} from './definition.js';
import { OwnCredentials } from './own-credentials/own-credentials.dto.js';
import { IsLine, IsProse, IsRaw, IsTextMap, MayBeAbsent, MayBeNull } from './dto-rules.js';

const LONGEST_VALUE = 8_192;
const LONGEST_BUNDLE = 65_536;
const MOST_RANGES = 64;
const SLUG = /^[a-z0-9][a-z0-9-]{0,31}$/;
const SLUG_RULE = { message: '$property must be 1 to 32 of a-z, 0-9 and -, not starting with -' };

/** A text in both languages; a missing one falls back to the other. */
export class LocalText {
  @MayBeAbsent()
  @IsProse(2_000)
  zh?: string;

  @MayBeAbsent()
  @IsProse(2_000)
  en?: string;
}

/** A label in both languages, one line each. */
export class LocalLabel {
  @MayBeAbsent()
  @IsLine(120)
  zh?: string;

  @MayBeAbsent()
  @IsLine(120)
  en?: string;
}

/** How many connections to a service there may be. */
export class ServicePool {
  /** Kept open as long as the service is connected. */
  @IsInt()
  @Min(1)
  @Max(16)
  min: number;

  /** At most 16, for stdio 8. */
  @IsInt()
  @Min(1)
  @Max(16)
  max: number;
}

/** What a local command runs, as it was when it was pinned: it is started only as long as that has not changed. */
export class ServicePin {
  @ApiProperty({ enum: ['sha256'] })
  @IsIn(['sha256'])
  algorithm: 'sha256';

  /** Hex. */
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 of 0-9 and a-f' })
  digest: string;

  /** How many files were read. */
  @IsInt()
  @Min(1)
  files: number;

  @IsInt()
  @Min(0)
  bytes: number;
}

/** PEM texts for services over https and wss. The key is kept with the credentials and shown nowhere. */
export class ServiceTlsDraft {
  /** Authorities to believe in place of those that everybody knows. */
  @MayBeAbsent()
  @IsRaw(LONGEST_BUNDLE)
  ca?: string;

  /** Our certificate, for services that ask for one. */
  @MayBeAbsent()
  @IsRaw(LONGEST_BUNDLE)
  cert?: string;

  /** Of the certificate; `••••` keeps the stored one. */
  @MayBeAbsent()
  @IsRaw(LONGEST_VALUE)
  key?: string;
}

/** How to reach a service: command, args, cwd and env for stdio; headers for http and websocket. */
export class ServiceConfigDraft {
  @MayBeAbsent()
  @IsLine(512)
  command?: string;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(64)
  @IsRaw(4_096, { each: true })
  args?: string[];

  @MayBeAbsent()
  @IsLine(1_024)
  cwd?: string;

  @MayBeAbsent()
  @IsTextMap(LONGEST_VALUE)
  env?: Record<string, string>;

  /** Of command, args and cwd. Absent: kept as long as these stay as they are. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ServicePin)
  pin?: ServicePin;

  @MayBeAbsent()
  @IsTextMap(LONGEST_VALUE)
  headers?: Record<string, string>;

  /** How long one call may take, ms. */
  @MayBeAbsent()
  @IsInt()
  @Min(1_000)
  @Max(600_000)
  timeoutMs?: number;

  /** `per-user`: everybody uses it with credentials of their own, over a connection of their own. */
  @ApiProperty({ enum: SHARING_MODES, required: false, default: 'shared' })
  @MayBeAbsent()
  @IsIn(SHARING_MODES)
  sharing?: SharingMode;

  /** With `per-user`: what each person enters, as names of headers, or of variables for stdio. Absent: `Authorization`. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(8)
  @ArrayUnique()
  @IsLine(128, { each: true })
  userCredentials?: string[];

  /** CIDRs and addresses that calls may come from; absent or empty: from everywhere. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_RANGES)
  @ArrayUnique()
  @IsLine(64, { each: true })
  allowedCallers?: string[];

  /** CIDRs and addresses that the service may be connected at, never more than the operator allows. */
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(MOST_RANGES)
  @ArrayUnique()
  @IsLine(64, { each: true })
  allowedAddresses?: string[];

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ServiceTlsDraft)
  tls?: ServiceTlsDraft;

  /** Absent: 1 to 4 for http, 1 for stdio and websocket. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ServicePool)
  pool?: ServicePool;

  @ApiProperty({ enum: CONNECT_MODES, required: false, default: 'on-demand' })
  @MayBeAbsent()
  @IsIn(CONNECT_MODES)
  connect?: ConnectMode;

  /** How long contents of resources are kept and given again; absent: every reading goes to the service. */
  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => CachePolicy)
  resourceCache?: CachePolicy;

  /** Whether a tool that says something else than before waits for an administrator; suspicious words do in either case. */
  @ApiProperty({ enum: TOOL_CHANGES, required: false, default: 'follow' })
  @MayBeAbsent()
  @IsIn(TOOL_CHANGES)
  toolChanges?: ToolChanges;
}

/** A secret. `value` is `••••` in every answer; sending that back keeps the stored one. */
export class ServiceCredential {
  @ApiProperty({ enum: CREDENTIAL_TARGETS })
  @IsIn(CREDENTIAL_TARGETS)
  target: CredentialTarget;

  @IsLine(128)
  name: string;

  @IsRaw(LONGEST_VALUE)
  value: string;
}

export class ServiceAuth {
  @IsArray()
  @ArrayMaxSize(32)
  @ValidateNested({ each: true })
  @Type(() => ServiceCredential)
  credentials: ServiceCredential[];
}

/** What every draft of a service may say. */
class ServiceFields {
  /** Short name in URLs and in public tool names; made from the name when absent. */
  @MayBeAbsent()
  @Matches(SLUG, SLUG_RULE)
  slug?: string;

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

  @ApiProperty({ type: String, nullable: true, required: false })
  @MayBeNull()
  @IsLine(64)
  category?: string | null;

  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsLine(40, { each: true })
  tags?: string[];

  /** For http and websocket; without credentials in it. */
  @ApiProperty({ type: String, nullable: true, required: false })
  @MayBeNull()
  @IsString()
  @MaxLength(2_048)
  url?: string | null;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ServiceConfigDraft)
  config?: ServiceConfigDraft;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => ServiceAuth)
  auth?: ServiceAuth;

  /** A new service is switched on unless this says otherwise. */
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;

  @MayBeAbsent()
  @IsObject()
  @ValidateNested()
  @Type(() => AccessControlDraft)
  accessControl?: AccessControlDraft;
}

/** A service to register. */
export class ServiceDraft extends ServiceFields {
  @IsLine(120)
  name: string;

  @ApiProperty({ enum: SERVICE_TYPES })
  @IsIn(SERVICE_TYPES)
  type: ServiceType;
}

/** A change of a service: absent fields stay as they are. `accessControl`, when given, replaces all grants. */
export class ServiceChange extends ServiceFields {
  @MayBeAbsent()
  @IsLine(120)
  name?: string;

  @ApiProperty({ enum: SERVICE_TYPES, required: false })
  @MayBeAbsent()
  @IsIn(SERVICE_TYPES)
  type?: ServiceType;

  /** Of the service as it was read; somebody else's change in between is answered with 412. */
  @IsInt()
  @Min(1)
  version: number;
}

export class EnabledChange {
  @IsBoolean()
  enabled: boolean;
}

export class ServiceTls {
  ca?: string;
  cert?: string;
}

/** When certificates in the settings end; ISO 8601. */
export class TlsExpiry {
  /** Of the authorities, the first. */
  @ApiProperty({ format: 'date-time', required: false })
  ca?: string;

  @ApiProperty({ format: 'date-time', required: false })
  cert?: string;
}

export class ServiceConfig {
  command?: string;
  args?: string[];
  cwd?: string;
  env?: Record<string, string>;

  /** Absent: it is started whatever it runs, where the operator allows that. */
  @ApiProperty({ type: ServicePin, required: false })
  pin?: ServicePin;
  headers?: Record<string, string>;
  timeoutMs?: number;

  @ApiProperty({ enum: SHARING_MODES, required: false })
  sharing?: SharingMode;
  userCredentials?: string[];
  allowedCallers?: string[];
  allowedAddresses?: string[];
  tls?: ServiceTls;
  pool?: ServicePool;

  @ApiProperty({ enum: CONNECT_MODES })
  connect: ConnectMode;

  resourceCache?: CachePolicy;

  @ApiProperty({ enum: TOOL_CHANGES, required: false })
  toolChanges?: ToolChanges;
}

const BREAKER_STATES = ['closed', 'open', 'half-open'] as const;

/** How the connections of a service are used right now. */
export class ServiceConnections {
  connections: number;

  /** Of them, how many are in use. */
  busy: number;

  /** How many calls wait for one. */
  waiting: number;

  /** `open`: calls are refused for a moment, because several failed. */
  @ApiProperty({ enum: BREAKER_STATES })
  breaker: (typeof BREAKER_STATES)[number];
}

/** How usable the service is right now, and why. */
export class ServiceHealth {
  @ApiProperty({ enum: HEALTH_STATES })
  state: HealthState;

  /** Why it is not ready: a code of the error catalogue. */
  @ApiProperty({ type: String, required: false })
  code?: ErrorCode;

  /** Fills the code's text. */
  @ApiPropertyOptional({ type: 'object', additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] } })
  details?: Record<string, string | number>;

  /** ISO 8601, when this state began. */
  @ApiProperty({ format: 'date-time' })
  since: string;

  /** ISO 8601, when it was last looked at. */
  @ApiProperty({ format: 'date-time' })
  checkedAt: string;

  /** Round trip of the last check. */
  latencyMs?: number;

  /** Absent while no connection was ever needed. */
  @ApiProperty({ type: ServiceConnections, required: false })
  pool?: ServiceConnections;
}

/** What a service calls itself. */
export class ServerInfo {
  name: string;
  version: string;
  title?: string;
}

/** What the service offered when last asked; nulls and zeros until then. */
export class ServiceCapabilities {
  @ApiProperty({ enum: ['modern', 'legacy'], nullable: true })
  era: 'modern' | 'legacy' | null;

  @ApiProperty({ type: String, nullable: true })
  protocolVersion: string | null;

  @ApiProperty({ enum: ['stdio', 'streamable-http', 'sse', 'websocket'], nullable: true })
  transport: 'stdio' | 'streamable-http' | 'sse' | 'websocket' | null;

  @ApiProperty({ type: ServerInfo, nullable: true })
  serverInfo: ServerInfo | null;

  @ApiProperty({ type: String, nullable: true })
  instructions: string | null;

  tools: number;
  resources: number;
  resourceTemplates: number;
  prompts: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  fetchedAt: string | null;
}

/** What the caller may do with the service. */
export class ServiceActs {
  edit: boolean;
  delete: boolean;
  test: boolean;
  call: boolean;
}

export class AccessControl {
  grants: Grant[];
}

/** A registered MCP service. */
export class Service {
  id: string;
  slug: string;
  name: string;
  displayName: LocalText;
  description: LocalText;

  @ApiProperty({ type: String, nullable: true })
  category: string | null;

  tags: string[];

  @ApiProperty({ enum: SERVICE_TYPES })
  type: ServiceType;

  /** Null for stdio, and for those without services:read. */
  @ApiProperty({ type: String, nullable: true })
  url: string | null;

  /** Absent for those without services:read. */
  config?: ServiceConfig;

  /** Absent for those without services:read, and where the settings hold no certificate. */
  @ApiProperty({ type: TlsExpiry, required: false })
  tlsExpiry?: TlsExpiry;

  /** Absent for those without services:read. */
  auth?: ServiceAuth;

  enabled: boolean;

  @ApiProperty({ enum: SERVICE_STATUSES })
  status: ServiceStatus;

  health: ServiceHealth;
  capabilities: ServiceCapabilities;

  /** Of the caller; absent where everybody shares the service's own, or the caller may not use it. */
  @ApiProperty({ type: OwnCredentials, required: false })
  myCredentials?: OwnCredentials;

  /** Only for those with grants:read. */
  accessControl?: AccessControl;

  /** E-mail address; null when a declaration file or somebody since deleted made it. */
  @ApiProperty({ type: String, nullable: true })
  createdBy: string | null;

  createdAt: Date;
  updatedAt: Date;
  version: number;
  can: ServiceActs;
}

export class ServicePage extends pageOf(Service) {}

export class ServiceQuery extends PageQuery {
  /** Found in name, slug, display name, description, category or tags; case does not matter. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  q?: string;

  @IsOptional()
  @IsLine(64)
  category?: string;

  @IsOptional()
  @IsLine(40)
  tag?: string;

  @IsOptional()
  @ApiProperty({ enum: SERVICE_TYPES, required: false })
  @IsIn(SERVICE_TYPES)
  type?: ServiceType;

  /** State of health. */
  @IsOptional()
  @ApiProperty({ enum: HEALTH_STATES, required: false })
  @IsIn(HEALTH_STATES)
  state?: HealthState;

  /** True: only what the caller may use, whatever else they may see. */
  @IsOptional()
  @ApiProperty({ type: Boolean, required: false })
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  usable?: boolean;
}
