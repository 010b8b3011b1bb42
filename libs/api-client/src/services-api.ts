import type { Http, Query } from './http.js';
import type {
  CallRequestBody,
  CallResult,
  Explanation,
  Grant,
  GrantDraft,
  ImportPreview,
  ImportRequest,
  ImportResult,
  Page,
  Prompt,
  PromptMessages,
  Resource,
  ResourceContents,
  ResourceTemplate,
  Service,
  ServiceChange,
  ServiceDraft,
  ServicePin,
  TestCall,
  TestCallResult,
  TestDraft,
  TestReport,
  Tool,
  ToolPolicy,
  ToolReviewDecision,
  UsableTool,
} from './types.js';

const ROOT = '/api/mcp/services';
/** `ref`: a service's id or slug. */
const at = (ref: string, ...rest: string[]) => [ROOT, ...[ref, ...rest].map(encodeURIComponent)].join('/');

/** Registered services and what they offer. */
export const servicesApi = (http: Http) => ({
  list: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Service>>(ROOT, query, signal),
  get: (ref: string, signal?: AbortSignal) => http.get<Service>(at(ref), {}, signal),
  create: (draft: ServiceDraft) => http.post<Service>(ROOT, draft),
  change: (ref: string, change: ServiceChange) => http.put<Service>(at(ref), change),
  remove: (ref: string) => http.delete(at(ref)),
  enable: (ref: string, enabled: boolean) => http.put<Service>(at(ref, 'enabled'), { enabled }),
  /** Stores what the caller uses the service with; it is never shown again. */
  connectAccount: (ref: string, values: Record<string, string>) =>
    http.put<undefined>(at(ref, 'my-credentials'), { values }),
  disconnectAccount: (ref: string) => http.delete(at(ref, 'my-credentials')),
  reconnect: (ref: string) => http.post<Service>(at(ref, 'reconnect')),
  /** Binds a local command to what it runs now. @param version of the service, as it was read */
  pin: (ref: string, version: number) => http.post<ServicePin>(at(ref, 'pin'), { version }),
  unpin: (ref: string) => http.delete(at(ref, 'pin')),
  /** Forgets what is kept of the service's answers and contents. */
  clearCache: (ref: string) => http.delete(at(ref, 'cache')),

  previewImport: (text: string, signal?: AbortSignal) =>
    http.post<ImportPreview>(`${ROOT}/import/preview`, { text }, signal),
  import: (request: ImportRequest) => http.post<ImportResult>(`${ROOT}/import`, request),

  test: (ref: string, signal?: AbortSignal) => http.post<TestReport>(at(ref, 'test'), {}, signal),
  testDraft: (draft: TestDraft, signal?: AbortSignal) => http.post<TestReport>(`${ROOT}/test`, draft, signal),
  testCall: (ref: string, call: TestCall, signal?: AbortSignal) =>
    http.post<TestCallResult>(at(ref, 'test', 'call'), call, signal),

  tools: (ref: string, query: Query = {}, signal?: AbortSignal) =>
    http.get<Page<Tool>>(at(ref, 'tools'), query, signal),
  setToolPolicy: (ref: string, tool: string, policy: ToolPolicy) =>
    http.put<Tool>(at(ref, 'tools', tool, 'policy'), policy),
  /** Accepts what the tool says now, or has nobody use it. */
  reviewTool: (ref: string, tool: string, decision: ToolReviewDecision) =>
    http.put<Tool>(at(ref, 'tools', tool, 'review'), decision),
  call: (ref: string, tool: string, body: CallRequestBody, signal?: AbortSignal) =>
    http.post<CallResult>(at(ref, 'tools', tool), body, signal),
  usableTools: (query: Query = {}, signal?: AbortSignal) => http.get<Page<UsableTool>>('/api/mcp/tools', query, signal),

  resources: (ref: string, query: Query = {}, signal?: AbortSignal) =>
    http.get<Page<Resource>>(at(ref, 'resources'), query, signal),
  readResource: (ref: string, uri: string, signal?: AbortSignal) =>
    http.get<ResourceContents>(at(ref, 'resources', uri), {}, signal),
  resourceTemplates: (ref: string, query: Query = {}, signal?: AbortSignal) =>
    http.get<Page<ResourceTemplate>>(at(ref, 'resource-templates'), query, signal),
  prompts: (ref: string, query: Query = {}, signal?: AbortSignal) =>
    http.get<Page<Prompt>>(at(ref, 'prompts'), query, signal),
  getPrompt: (ref: string, name: string, args: Record<string, string>) =>
    http.post<PromptMessages>(at(ref, 'prompts', name), { arguments: args }),
});

export type ServicesApi = ReturnType<typeof servicesApi>;

/** Grants, and the reason of any decision. */
export const accessApi = (http: Http) => ({
  grants: (query: Query = {}, signal?: AbortSignal) => http.get<Page<Grant>>('/api/mcp/grants', query, signal),
  grant: (draft: GrantDraft) => http.post<Grant>('/api/mcp/grants', draft),
  revoke: (grantId: string) => http.delete(`/api/mcp/grants/${encodeURIComponent(grantId)}`),
  explain: (query: { user: string; service: string; tool?: string }, signal?: AbortSignal) =>
    http.get<Explanation>('/api/mcp/access/explain', query, signal),
});

export type AccessApi = ReturnType<typeof accessApi>;
