/**
 * The shapes of the REST API by their OpenAPI schema names.
 *
 * Moments are ISO 8601 strings; durations are milliseconds and end in `Ms`.
 */
import type { CallCard, CallStatus, Door, ErrorCode, Permission, ServiceHealthEvent } from '@gatehouse/contracts';

/** A list answer; `nextCursor` is null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** A text in both languages; a missing one falls back to the other. */
export interface LocalText {
  zh?: string;
  en?: string;
}

export interface Named {
  id: string;
  name: string;
}

// --- auth ---------------------------------------------------------------------------------------------------------

export interface SetupState {
  required: boolean;
}

export interface SetupDraft {
  token: string;
  email: string;
  password: string;
  displayName?: string;
}

export interface Credentials {
  email: string;
  password: string;
}

export interface Me {
  id: string;
  email: string;
  displayName: string;
  language: 'zh' | 'en' | null;
  roles: string[];
  permissions: Permission[];
  groups: Named[];
  via: 'session' | 'api-key' | 'embed';
}

export interface MeChange {
  displayName?: string;
  language?: 'zh' | 'en';
}

export interface PasswordChange {
  currentPassword: string;
  newPassword: string;
}

export interface ApiKey {
  id: string;
  name: string;
  userId: string;
  userEmail: string;
  /** The first characters of the secret, enough to recognise it. */
  prefix: string;
  /** null: everything the owner may do. */
  scopes: Permission[] | null;
  /** null: every service the owner may use. */
  serviceIds: string[] | null;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

export interface ApiKeyDraft {
  name: string;
  scopes?: Permission[];
  serviceIds?: string[];
  expiresAt?: string;
}

/** The only answer that ever holds the secret. */
export interface ApiKeyCreated extends ApiKey {
  secret: string;
}

export interface UserActs {
  edit: boolean;
  delete: boolean;
}

export interface User {
  id: string;
  email: string;
  displayName: string;
  language: 'zh' | 'en' | null;
  roles: string[];
  groups: Named[];
  enabled: boolean;
  source: 'local' | 'embed' | 'config';
  createdAt: string;
  lastSeenAt: string | null;
  version: number;
  can: UserActs;
}

export interface UserDraft {
  email: string;
  displayName: string;
  password?: string;
  roles?: string[];
  groupIds?: string[];
  language?: 'zh' | 'en';
}

export interface UserChange {
  displayName?: string;
  email?: string;
  roles?: string[];
  enabled?: boolean;
  password?: string;
  language?: 'zh' | 'en';
  version: number;
}

export interface Group {
  id: string;
  name: string;
  description: string;
  memberCount: number;
  createdAt: string;
  version: number;
}

export interface GroupDraft {
  name: string;
  description?: string;
}

export interface GroupChange {
  name?: string;
  description?: string;
  version: number;
}

export interface Member {
  userId: string;
  email: string;
  displayName: string;
  addedAt: string;
}

export interface Role {
  name: string;
  title: string;
  permissions: Permission[];
  builtIn: boolean;
}

export interface RoleDraft {
  name: string;
  title: string;
  permissions: Permission[];
}

export interface EmbedApp {
  id: string;
  name: string;
  allowedOrigins: string[];
  /** Whether a user unknown here is created at the first session. */
  createUsers: boolean;
  prefix: string;
  createdAt: string;
  lastUsedAt: string | null;
  version: number;
}

export interface EmbedAppDraft {
  name: string;
  allowedOrigins: string[];
  createUsers: boolean;
}

export interface EmbedAppChange extends Partial<EmbedAppDraft> {
  version: number;
}

/** The only answer that ever holds the app's secret. */
export interface EmbedAppCreated extends EmbedApp {
  secret: string;
}

// --- services -----------------------------------------------------------------------------------------------------

export type ServiceType = 'stdio' | 'http' | 'websocket';
export type ServiceStatus = 'active' | 'inactive' | 'error';
export type Era = 'modern' | 'legacy';
export type UpstreamTransport = 'stdio' | 'streamable-http' | 'sse' | 'websocket';

export type ServiceHealth = Omit<ServiceHealthEvent, 'serviceId'>;

export interface ServiceConfig {
  command?: string;
  args?: string[];
  cwd?: string;
  env?: Record<string, string>;
  headers?: Record<string, string>;
  timeoutMs?: number;
  connect: 'on-demand' | 'at-start';
}

/** `value` is `••••` in every answer; sending that back keeps the stored one. */
export interface ServiceCredential {
  target: 'header' | 'env';
  name: string;
  value: string;
}

export interface ServiceAuth {
  credentials: ServiceCredential[];
}

export interface ServerInfo {
  name: string;
  version: string;
  title?: string;
}

export interface ServiceCapabilities {
  era: Era | null;
  protocolVersion: string | null;
  transport: UpstreamTransport | null;
  serverInfo: ServerInfo | null;
  instructions: string | null;
  tools: number;
  resources: number;
  resourceTemplates: number;
  prompts: number;
  fetchedAt: string | null;
}

export interface ServiceActs {
  edit: boolean;
  delete: boolean;
  test: boolean;
  call: boolean;
}

export interface Service {
  id: string;
  slug: string;
  name: string;
  displayName: LocalText;
  description: LocalText;
  category: string | null;
  tags: string[];
  type: ServiceType;
  url: string | null;
  /** Absent for those without services:read. */
  config?: ServiceConfig;
  /** Absent for those without services:read. */
  auth?: ServiceAuth;
  enabled: boolean;
  status: ServiceStatus;
  health: ServiceHealth;
  capabilities: ServiceCapabilities;
  /** Only for those with grants:read. */
  accessControl?: { grants: Grant[] };
  createdBy: string | null;
  createdAt: string;
  updatedAt: string;
  version: number;
  can: ServiceActs;
}

export interface DraftGrant {
  subject: GrantSubject;
  tool?: string;
  effect: GrantEffect;
}

export interface ServiceDraft {
  name: string;
  slug?: string;
  displayName?: LocalText;
  description?: LocalText;
  category?: string | null;
  tags?: string[];
  type: ServiceType;
  url?: string | null;
  config?: Partial<ServiceConfig>;
  auth?: ServiceAuth;
  enabled?: boolean;
  accessControl?: { grants: DraftGrant[] };
}

export interface ServiceChange extends Partial<ServiceDraft> {
  version: number;
}

export interface ImportProblem {
  severity: 'error' | 'warning';
  message: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
  code: string;
}

export interface ImportEntry {
  key: string;
  name: string;
  /** Secrets masked; null when the entry cannot be understood. */
  draft: ServiceDraft | null;
  secrets: { target: 'header' | 'env'; name: string }[];
  problems: ImportProblem[];
}

export interface ImportPreview {
  entries: ImportEntry[];
  problems: ImportProblem[];
}

export interface ImportChoice {
  key: string;
  name?: string;
  slug?: string;
  category?: string;
  tags?: string[];
  accessControl?: { grants: DraftGrant[] };
}

export interface ImportRequest {
  text: string;
  entries: ImportChoice[];
}

export interface ImportResult {
  created: Service[];
  failed: { key: string; error: { code: ErrorCode; message: string } }[];
}

export type TestStepName = 'resolve' | 'connect' | 'negotiate' | 'tools' | 'resources' | 'prompts';

export interface TestStep {
  step: TestStepName;
  status: 'ok' | 'failed' | 'skipped';
  durationMs: number;
  detail: string;
  error?: { code: ErrorCode; message: string; remedy: string };
}

/** One raw protocol message. */
export interface Frame {
  direction: 'out' | 'in';
  at: string;
  message: Record<string, unknown>;
}

export interface TestReport {
  ok: boolean;
  steps: TestStep[];
  era: Era | null;
  protocolVersion: string | null;
  transport: UpstreamTransport | null;
  serverInfo: ServerInfo | null;
  counts: { tools: number; resources: number; resourceTemplates: number; prompts: number };
  stderr?: string;
  messages: Frame[];
}

export interface TestDraft {
  draft: ServiceDraft;
  /** Lets `••••` in the draft mean the credentials stored for this service. */
  serviceId?: string;
}

export interface TestCall {
  tool: string;
  arguments: Record<string, unknown>;
  timeoutMs?: number;
}

/** MCP's CallToolResult, untouched. */
export interface ToolResult {
  content?: Record<string, unknown>[];
  structuredContent?: unknown;
  isError?: boolean;
  [key: string]: unknown;
}

export interface TestCallResult {
  callId: string;
  result: ToolResult;
  durationMs: number;
  timing: { validateMs: number; upstreamMs: number };
  messages: Frame[];
}

export type ToolClass = 'read' | 'write' | 'destructive' | 'unknown';
export type ApprovalPolicy = 'never' | 'user' | 'always' | 'four-eyes';

export interface Tool {
  name: string;
  publicName: string;
  title: string | null;
  description: string | null;
  inputSchema: Record<string, unknown>;
  outputSchema?: Record<string, unknown>;
  annotations?: Record<string, unknown>;
  icons?: { src: string; mimeType?: string; sizes?: string[] }[];
  class: ToolClass;
  approval: ApprovalPolicy;
  can: { call: boolean };
}

/** A tool in the list across services. */
export interface UsableTool extends Tool {
  serviceId: string;
  serviceSlug: string;
  serviceName: LocalText;
}

export interface ToolPolicy {
  class?: ToolClass;
  approval?: ApprovalPolicy;
}

export interface CallRequestBody {
  arguments: Record<string, unknown>;
  chatId?: string;
  timeoutMs?: number;
}

export interface CallResult {
  callId: string;
  result: ToolResult;
  durationMs: number;
  cached: boolean;
}

export interface Resource {
  uri: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
  size?: number;
}

export interface ResourceContents {
  contents: { uri: string; mimeType?: string; text?: string; blob?: string }[];
}

export interface ResourceTemplate {
  uriTemplate: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
}

export interface Prompt {
  name: string;
  title?: string;
  description?: string;
  arguments?: { name: string; description?: string; required?: boolean }[];
}

export interface PromptMessages {
  description?: string;
  messages: { role: 'user' | 'assistant'; content: Record<string, unknown> }[];
}

export type GrantEffect = 'allow' | 'deny';
export type SubjectKind = 'everyone' | 'group' | 'user';

export interface GrantSubject {
  kind: SubjectKind;
  id?: string;
}

export interface Grant {
  id: string;
  subject: { kind: SubjectKind; id: string | null; name: string };
  serviceId: string;
  /** null: the whole service. */
  tool: string | null;
  effect: GrantEffect;
  createdBy: string | null;
  createdAt: string;
}

export interface GrantDraft {
  subject: GrantSubject;
  serviceId: string;
  tool?: string;
  effect: GrantEffect;
}

export interface ExplanationLink {
  kind: 'grant' | 'role' | 'policy' | 'service';
  id?: string;
  effect: GrantEffect;
  text: string;
}

export interface Explanation {
  allowed: boolean;
  code: string;
  sentence: string;
  chain: ExplanationLink[];
}

// --- audit and usage ----------------------------------------------------------------------------------------------

export interface Call {
  id: string;
  at: string;
  door: Door;
  status: CallStatus;
  decision: GrantEffect;
  errorCode: ErrorCode | null;
  user: { id: string; email: string; name: string } | null;
  credential: { kind: string; id: string; name: string } | null;
  /** The name is kept after the service is deleted; `id` is null then. */
  service: { id: string | null; name: string } | null;
  tool: string;
  chatId: string | null;
  durationMs: number | null;
  requestBytes: number | null;
  responseBytes: number | null;
  cached: boolean;
  /** The rule that decided, in words. */
  rule: string | null;
}

/** Request and response are masked before they are written. */
export interface CallDetail extends Call {
  request: Record<string, unknown> | null;
  response: Record<string, unknown> | null;
}

export interface AdminEvent {
  id: string;
  at: string;
  actor: { id: string; email: string } | null;
  /** `area.verb`, for example `service.create`. */
  action: string;
  target: { kind: string; id: string; name: string } | null;
  changes: Record<string, unknown> | null;
  ip: string | null;
  requestId: string | null;
}

export type UsageBy = 'service' | 'tool' | 'user' | 'day';

export interface UsageNumbers {
  calls: number;
  errors: number;
  denied: number;
  avgMs: number | null;
  p95Ms: number | null;
}

export interface UsageRow extends UsageNumbers {
  key: string;
  label: string;
}

export interface UsageReport {
  items: UsageRow[];
  total: UsageNumbers;
  from: string;
  to: string;
}

export interface Overview {
  services: { total: number; ready: number; attention: number };
  calls24h: number;
  errors24h: number;
  denied24h: number;
  p95Ms: number | null;
  recent: Call[];
  topTools: { service: string; tool: string; calls: number }[];
  checklist: { service: boolean; test: boolean; group: boolean; grant: boolean; client: boolean };
}

// --- llm and chat -------------------------------------------------------------------------------------------------

export type LlmKind = 'openai-compatible' | 'anthropic';

export interface LlmProvider {
  id: string;
  name: string;
  kind: LlmKind;
  baseUrl: string;
  model: string;
  models: string[];
  hasKey: boolean;
  isDefault: boolean;
  contextTokens: number;
  enabled: boolean;
  version: number;
}

export interface LlmProviderDraft {
  name: string;
  kind: LlmKind;
  baseUrl: string;
  model: string;
  models?: string[];
  /** Write-only; `••••` keeps the stored one. */
  apiKey?: string;
  isDefault?: boolean;
  contextTokens?: number;
  enabled?: boolean;
}

export interface LlmProviderChange extends Partial<LlmProviderDraft> {
  version: number;
}

export interface LlmTestResult {
  ok: boolean;
  durationMs: number;
  error?: { code: ErrorCode; message: string; remedy: string };
}

export interface LlmModel {
  /** What `modelId` of a conversation or a turn names. */
  id: string;
  providerId: string;
  model: string;
  label: string;
  isDefault: boolean;
}

export interface Conversation {
  id: string;
  title: string | null;
  serviceIds: string[];
  modelId: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface ConversationDraft {
  title?: string;
  serviceIds?: string[];
  modelId?: string;
}

export type ConversationChange = ConversationDraft;

/** One part of the AI SDK's UI message; `data-call` parts hold a CallCard. */
export interface MessagePart {
  type: string;
  id?: string;
  text?: string;
  toolCallId?: string;
  data?: CallCard;
  [key: string]: unknown;
}

export interface ChatMessage {
  id: string;
  role: 'user' | 'assistant';
  parts: MessagePart[];
  createdAt: string;
}

export interface ChatTurn {
  text?: string;
  direct?: { serviceId: string; tool: string; arguments: Record<string, unknown> };
  modelId?: string;
  serviceIds?: string[];
}
