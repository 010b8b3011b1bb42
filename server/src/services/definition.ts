/** What a registered service is, as the rest of the product sees it. Plain data without behaviour. */

export const SERVICE_TYPES = ['stdio', 'http', 'websocket'] as const;
export type ServiceType = (typeof SERVICE_TYPES)[number];

export const SERVICE_STATUSES = ['active', 'inactive', 'error'] as const;
export type ServiceStatus = (typeof SERVICE_STATUSES)[number];

/** When the connection is made: at the first use, or as soon as Gatehouse starts. */
export const CONNECT_MODES = ['on-demand', 'at-start'] as const;
export type ConnectMode = (typeof CONNECT_MODES)[number];

/** A text in both languages; a missing one falls back to the other. */
export interface Bilingual {
  readonly zh?: string;
  readonly en?: string;
}

export const SHARING_MODES = ['shared', 'per-user'] as const;
export type SharingMode = (typeof SHARING_MODES)[number];

/** Whom to believe that the service is who it says, and who we say that we are. */
export interface ServiceTls {
  readonly ca?: string;
  readonly cert?: string;
}

/** How many connections to a service there may be; the rest of the call path decides how many there are. */
export interface PoolSize {
  readonly min: number;
  readonly max: number;
}

/** How many connections a service has at most when nothing is said, and what may be said. */
export const POOL_SIZES: Readonly<Record<ServiceType, { readonly usual: number; readonly most: number }>> = {
  stdio: { usual: 1, most: 8 },
  http: { usual: 4, most: 16 },
  websocket: { usual: 1, most: 16 },
};

/** To whom an answer may be given again: to whom it was given, or to everybody who may make the same call. */
export const CACHE_SCOPES = ['principal', 'shared'] as const;
export type CacheScope = (typeof CACHE_SCOPES)[number];

/** Answers are kept and given again for `ttlSeconds`. */
export interface CachePolicy {
  readonly ttlSeconds: number;
  readonly scope: CacheScope;
}

export const LONGEST_TTL_SECONDS = 86_400;

/**
 * What a command runs, as it was when somebody looked: the program, the files that its line names, and the packages that
 * these lie in. Belongs to command, arguments and folder together.
 */
export interface CommandPin {
  readonly algorithm: 'sha256';
  /** Hex. */
  readonly digest: string;
  /** How many files were read. */
  readonly files: number;
  readonly bytes: number;
}

/** How to reach a service. `command`, `args`, `cwd`, `env`, `pin` are for stdio; `headers` for http and websocket. */
export interface ConnectionConfig {
  readonly command?: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The command is started only as long as it runs just this; absent: whatever it runs. */
  readonly pin?: CommandPin;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long one call may take; absent: the product's default. */
  readonly timeoutMs?: number;
  /** One connection for all, or one for each person with credentials of their own; absent: for all. */
  readonly sharing?: SharingMode;
  /** What each person enters: names of headers, or of variables for stdio. Absent: `Authorization`. */
  readonly userCredentials?: readonly string[];
  /** CIDRs and addresses that calls may come from; absent: from everywhere. */
  readonly allowedCallers?: readonly string[];
  /** CIDRs and addresses that the service may be connected at; absent: wherever the operator allows. */
  readonly allowedAddresses?: readonly string[];
  /** PEM; the key is among the credentials. */
  readonly tls?: ServiceTls;
  /** Absent: what is usual for its type. */
  readonly pool?: PoolSize;
  readonly connect: ConnectMode;
  /** How long contents of resources are kept and given again; absent: every reading goes to the service. */
  readonly resourceCache?: CachePolicy;
  /** Absent: `follow`. What is suspicious waits in either case. */
  readonly toolChanges?: ToolChanges;
}

/** What happens when a tool says something else than before: it is believed and the change shown, or it waits for somebody. */
export const TOOL_CHANGES = ['follow', 'hold'] as const;
export type ToolChanges = (typeof TOOL_CHANGES)[number];

export const CREDENTIAL_TARGETS = ['header', 'env', 'tls'] as const;
export type CredentialTarget = (typeof CREDENTIAL_TARGETS)[number];

/** A secret: a header, a variable of a child process, or the key of the certificate that we show (`tls`, `key`). */
export interface Credential {
  readonly target: CredentialTarget;
  readonly name: string;
  readonly value: string;
}

/** What a tool does to the world, as an administrator judged it; a service's own annotations are never trusted. */
export const TOOL_CLASSES = ['read', 'write', 'destructive', 'unknown'] as const;
export type ToolClass = (typeof TOOL_CLASSES)[number];

export const APPROVALS = ['never', 'user', 'always', 'four-eyes'] as const;
export type Approval = (typeof APPROVALS)[number];

export interface ToolPolicy {
  readonly class: ToolClass;
  readonly approval: Approval;
  /** Null: every call goes to the service. Never set for a destructive tool. */
  readonly cache: CachePolicy | null;
  /** Doing it twice does no harm, so that it may be done again when nobody knows whether it was done. */
  readonly idempotent: boolean;
}

/** The column `access_control`: what was decided per tool. Grants have a table of their own. */
export interface AccessControl {
  readonly tools: Readonly<Record<string, Partial<ToolPolicy>>>;
}

/** Everything of a service that a draft can set, checked and complete. */
export interface ServiceContent {
  readonly name: string;
  readonly displayName: Bilingual;
  readonly description: Bilingual;
  readonly category: string | null;
  readonly tags: readonly string[];
  readonly type: ServiceType;
  readonly url: string | null;
  readonly config: ConnectionConfig;
  readonly credentials: readonly Credential[];
  readonly enabled: boolean;
}

/** A registered service with its secrets opened. Stays inside the process: no answer and no log may hold one. */
export interface ServiceDefinition extends ServiceContent {
  readonly id: string;
  readonly slug: string;
  readonly accessControl: AccessControl;
  /** Whether the sealed credentials could be opened; without them the service must not be connected. */
  readonly credentialsReadable: boolean;
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}
