import type { CallCard } from '@gatehouse/contracts';
import type { components } from './schema.js';

/*
 * The shapes of the REST API by their schema names, generated from the server's own document (schema.ts).
 * Moments are ISO 8601 strings; durations are milliseconds and end in `Ms`.
 */
type Schemas = components['schemas'];

export type AdminEvent = Schemas['AdminEvent'];
export type AppCallResult = Schemas['AppCallResult'];
export type AppPage = Schemas['AppPage'];
export type AppReadResult = Schemas['AppReadResult'];
export type ApiKey = Schemas['ApiKey'];
export type ApiKeyCreated = Schemas['ApiKeyCreated'];
export type ApiKeyDraft = Schemas['ApiKeyDraft'];
export type Call = Schemas['Call'];
export type CallDetail = Schemas['SealedCall'];
export type CallRequestBody = Schemas['CallRequestBody'];
export type CallResult = Schemas['CallResult'];
export type ChatMessage = Schemas['ChatMessage'];
export type ChatTurn = Schemas['ChatTurn'];
export type Conversation = Schemas['Conversation'];
export type ConversationChange = Schemas['ConversationChange'];
export type ConversationDraft = Schemas['ConversationDraft'];
export type DraftGrant = Schemas['DraftGrant'];
export type EmbedApp = Schemas['EmbedApp'];
export type EmbedAppChange = Schemas['EmbedAppChange'];
export type EmbedAppCreated = Schemas['EmbedAppCreated'];
export type EmbedAppDraft = Schemas['EmbedAppDraft'];
export type Explanation = Schemas['Explanation'];
export type ExplanationLink = Schemas['ExplanationLink'];
export type EffectiveLimits = Schemas['EffectiveLimits'];
export type Frame = Schemas['Frame'];
export type Grant = Schemas['Grant'];
export type GrantDraft = Schemas['GrantDraft'];
export type GrantSubject = Schemas['GrantSubject'];
export type Group = Schemas['Group'];
export type GroupChange = Schemas['GroupChange'];
export type GroupDraft = Schemas['GroupDraft'];
export type ImportChoice = Schemas['ImportChoice'];
export type ImportEntry = Schemas['ImportEntry'];
export type ImportPreview = Schemas['ImportPreview'];
export type ImportProblem = Schemas['ImportProblem'];
export type ImportRequest = Schemas['ImportRequest'];
export type ImportResult = Schemas['ImportResult'];
export type Limit = Schemas['Limit'];
export type LimitChange = Schemas['LimitChange'];
export type LimitDefaults = Schemas['LimitDefaults'];
export type LimitDraft = Schemas['LimitDraft'];
export type LimitSetting = Schemas['LimitSetting'];
export type LlmModel = Schemas['LlmModel'];
export type InspectorAnswer = Schemas['InspectorAnswer'];
export type InspectorRequest = Schemas['InspectorRequest'];
export type Job = Schemas['Job'];
export type JobDetail = Schemas['JobDetail'];
export type LlmProvider = Schemas['LlmProvider'];
export type LlmProviderChange = Schemas['LlmProviderChange'];
export type LlmProviderDraft = Schemas['LlmProviderDraft'];
export type LlmTestResult = Schemas['LlmTestResult'];
export type LocalText = Schemas['LocalText'];
export type Me = Schemas['Me'];
export type MeChange = Schemas['MeChange'];
export type Member = Schemas['Member'];
export type Overview = Schemas['Overview'];
export type OwnLimits = Schemas['OwnLimits'];
export type PasswordChange = Schemas['PasswordChange'];
export type Profile = Schemas['Profile'];
export type ProfileChange = Schemas['ProfileChange'];
export type ProfileDraft = Schemas['ProfileDraft'];
export type ProfileItem = Schemas['ProfileItem'];
export type ProfileTokens = Schemas['ProfileTokens'];
export type Prompt = Schemas['Prompt'];
export type PromptMessages = Schemas['PromptMessages'];
export type Resource = Schemas['Resource'];
export type ResourceContents = Schemas['ResourceContents'];
export type ResourceTemplate = Schemas['ResourceTemplate'];
export type Role = Schemas['Role'];
export type RoleDraft = Schemas['RoleDraft'];
export type ServerInfo = Schemas['ServerInfo'];
export type Service = Schemas['Service'];
export type ServiceActs = Schemas['ServiceActs'];
export type ServiceAuth = Schemas['ServiceAuth'];
export type ServiceCapabilities = Schemas['ServiceCapabilities'];
export type ServiceChange = Schemas['ServiceChange'];
export type ServiceConfig = Schemas['ServiceConfig'];
export type ServicePin = Schemas['ServicePin'];
export type ServiceCredential = Schemas['ServiceCredential'];
export type ServiceDraft = Schemas['ServiceDraft'];
export type ServiceHealth = Schemas['ServiceHealth'];
export type SetupDraft = Schemas['SetupDraft'];
export type SetupState = Schemas['SetupState'];
export type TestCall = Schemas['TestCall'];
export type TestCallResult = Schemas['TestCallResult'];
export type TestReport = Schemas['TestReport'];
export type TestStep = Schemas['TestStep'];
export type TextChange = Schemas['TextChange'];
export type TextMark = Schemas['TextMark'];
export type Tool = Schemas['Tool'];
export type ToolPolicy = Schemas['ToolPolicy'];
export type ToolReview = Schemas['ToolReview'];
export type ToolReviewDecision = Schemas['ToolReviewDecision'];
export type TrafficFrame = Schemas['TrafficFrame'];
export type TrafficSource = Schemas['TrafficSourceView'];
export type UsageReport = Schemas['UsageReport'];
export type UsageRow = Schemas['UsageRow'];
export type User = Schemas['User'];
export type UserActs = Schemas['UserActs'];
export type UserChange = Schemas['UserChange'];
export type UserDraft = Schemas['UserDraft'];

/** A list answer; `nextCursor` is null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export type Named = Schemas['GroupRef'];
export type Credentials = Schemas['Login'];
export type TestDraft = Schemas['DraftTest'];
export type UsableTool = Schemas['CallableTool'];
export type ServiceType = Service['type'];
export type ServiceStatus = Service['status'];
export type Era = NonNullable<ServiceCapabilities['era']>;
export type UpstreamTransport = NonNullable<ServiceCapabilities['transport']>;
export type TestStepName = TestStep['step'];
export type ToolClass = Tool['class'];
export type ApprovalPolicy = Tool['approval'];
export type GrantEffect = Grant['effect'];
export type SubjectKind = Grant['subject']['kind'];
export type UsageBy = 'service' | 'tool' | 'user' | 'day';
export type UsageNumbers = Omit<UsageRow, 'key' | 'label'>;
export type LlmKind = LlmProvider['kind'];

/** One part of the AI SDK's UI message; `data-call` parts hold a CallCard. */
export interface MessagePart {
  type: string;
  id?: string;
  text?: string;
  toolCallId?: string;
  data?: CallCard;
  [key: string]: unknown;
}

/** MCP's CallToolResult, as the service sent it. */
export interface ToolResult {
  content?: Record<string, unknown>[];
  structuredContent?: unknown;
  isError?: boolean;
  [key: string]: unknown;
}
