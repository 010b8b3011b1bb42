import './events.js';

export { ServiceRow } from './service.entity.js';
export { GrantRow } from './access/grant.entity.js';
export type {
  Capabilities,
  Era,
  ForeignObject,
  PromptDefinition,
  ResourceDefinition,
  ResourceTemplateDefinition,
  ServerInfo,
  ToolDefinition,
  UpstreamTransport,
} from './capabilities/capabilities.js';
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
