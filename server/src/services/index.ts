import './events.js';

export { AccessPolicy } from './access/access-policy.js';
export { GrantRegistrar } from './access/grant-registrar.js';
export { GrantRow } from './access/grant.entity.js';
export { ToolPolicies } from './access/tool-policies.js';
export { authorOf } from './author.js';
export type { Author } from './author.js';
export type {
  Capabilities,
  Era,
  ForeignObject,
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ServerInfo,
  Support,
  ToolDefinition,
  UpstreamTransport,
} from './capabilities/capabilities.js';
export { CapabilityStore } from './capabilities/capability-store.js';
export { APPROVALS, TOOL_CLASSES } from './definition.js';
export type {
  Approval,
  Bilingual,
  ConnectionConfig,
  Credential,
  ServiceContent,
  ServiceDefinition,
  ServiceType,
  ToolClass,
  ToolPolicy,
} from './definition.js';
export { DraftReader } from './draft/draft-reader.js';
export { HealthBoard } from './health/health-board.js';
export { ServiceDirectory } from './registry/service-directory.js';
export { ServicePresenter } from './registry/service-presenter.js';
export { ServiceRegistrar } from './registry/service-registrar.js';
export { ServiceVisibility } from './registry/service-visibility.js';
export { ServiceRow } from './registry/service.entity.js';
export { Service, ServiceDraft } from './service.dto.js';
export { ServicesModule } from './services.module.js';
