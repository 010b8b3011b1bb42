import './events.js';

export { AccessPolicy } from './access/access-policy.js';
export { GrantRegistrar } from './access/grant-registrar.js';
export { GrantRow } from './access/grant.entity.js';
export { CachePolicy } from './cache-policy.dto.js';
export { ToolPolicies } from './access/tool-policies.js';
export { GrantSubject, GrantedSubject } from './access/grant.dto.js';
export { mayCallFrom, mayCallFromHere } from './access/caller-gate.js';
export { Explainer } from './access/explainer.js';
export { ExplainQuery, Explanation } from './access/explanation.dto.js';
export { People } from './access/people.js';
export { INSTALLATION, actorOf, authorOf, demand, demandUnlimited } from './author.js';
export type { Author } from './author.js';
export type {
  Capabilities,
  Era,
  ForeignObject,
  HiddenInWords,
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ServerInfo,
  Support,
  ToolDefinition,
  UpstreamTransport,
} from './capabilities/capabilities.js';
export { distinctByName } from './capabilities/capabilities.js';
export { CapabilityStore } from './capabilities/capability-store.js';
export { APPROVALS, CACHE_SCOPES, LONGEST_TTL_SECONDS, POOL_SIZES, TOOL_CLASSES } from './definition.js';
export type {
  Approval,
  Bilingual,
  CacheScope,
  CommandPin,
  ConnectionConfig,
  Credential,
  ServiceContent,
  ServiceDefinition,
  ServiceType,
  ToolClass,
  ToolPolicy,
} from './definition.js';
export { IsLine, IsProse, MayBeAbsent } from './dto-rules.js';
export { DraftReader } from './draft/draft-reader.js';
export { fetchesPackages } from './launch/fetches-packages.js';
export { HealthBoard } from './health/health-board.js';
export type { ConnectionNumbers } from './health/health-board.js';
export { UserCredentialBook } from './own-credentials/user-credential-book.js';
export { UserCredentialRow } from './own-credentials/user-credential.entity.js';
export { isPerUser } from './own-credentials/own-account.js';
export { ServiceDirectory } from './registry/service-directory.js';
export { ServicePresenter } from './registry/service-presenter.js';
export { ServiceRegistrar } from './registry/service-registrar.js';
export { ServiceVisibility } from './registry/service-visibility.js';
export { ServiceRow } from './registry/service.entity.js';
export { HOLD_REASONS } from './reviews/tool-record.js';
export type { HoldReason } from './reviews/tool-record.js';
export { SUSPICION_KINDS } from './reviews/suspicions.js';
export type { SuspicionKind } from './reviews/suspicions.js';
export { ToolReviewRow } from './reviews/tool-review.entity.js';
export { ToolReviews } from './reviews/tool-reviews.js';
export type { ReviewDecision, ToolReviewState } from './reviews/tool-reviews.js';
export { say } from './say.js';
export { Serial } from './serial.js';
export { LocalLabel, LocalText, Service, ServiceDraft, ServicePin } from './service.dto.js';
export { ServicesModule } from './services.module.js';
