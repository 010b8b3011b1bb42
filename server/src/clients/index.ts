export { APPS_CAPABILITY, APPS_EXTENSION, APP_MIME_TYPE } from './apps-extension.js';
export { ClientManager } from './manager/client-manager.js';
export type { CallOptions, CompletionRef } from './manager/client-manager.js';
export { withoutHopMeta } from './questions/hop-meta.js';
export { InputRequired, InputUnavailable, LinkRequired } from './dialogue.js';
export type { Continuation, Counterpart, LinkElicitation, LogMessage, Question } from './dialogue.js';
export type { UpstreamOptions } from './manager/exchange.js';
export { Deadline } from './manager/deadline.js';
export { ClientsModule } from './clients.module.js';
export type { Health } from './health/health-state.js';
export type { Frame, Progress } from './transports/observed-transport.js';
export {
  decodeHeaderValue,
  encodeHeaderValue,
  headeredParams,
  headerValueOf,
  paramHeaders,
} from './connection/param-headers.js';
export type { HeaderedParam } from './connection/param-headers.js';
export type { Target } from './connection/transport-factory.js';
export type { ResourceListener } from './watch/watcher-registry.js';
export { CommandPinner } from './pin/command-pinner.js';
export { ServiceProber } from './probe/service-prober.js';
export { TEST_STEPS } from './probe/test-report.js';
export type { TestReportData, TestStepName, TestStepResult } from './probe/test-report.js';
