export {
  APPS_EXTENSION,
  APP_MIME_TYPE,
  FLAT_APP_KEY,
  appUriOf,
  isAppUri,
  isForApps,
  isForModels,
} from './app-tools.js';
export { ContentAccess } from './content-access.js';
export { FirstLook } from './first-look.js';
export { goneSignal } from './gone-signal.js';
export { pageOfSorted } from './page-of-sorted.js';
export { mapTexts } from './path/plain-text.js';
export { CallPath } from './path/call-path.js';
export { MAX_LABEL_LENGTH } from './path/call-plan.js';
export type { Answered, CallOrigin, CallPlan, CallTiming } from './path/call-plan.js';
export { Turnstile, TurnedAway } from './path/turnstile.js';
export { MAX_PUBLIC_NAME_LENGTH, assignPublicNames } from './public-name.js';
export type { QualifiedTool } from './public-name.js';
export { ServiceListQuery } from './tool.dto.js';
export { ToolDirectory, accessKey } from './tool-directory.js';
export type { ToolView } from './tool-directory.js';
export { ToolInvoker } from './tool-invoker.js';
export type { CallAnswer, CallRequest } from './tool-invoker.js';
export { ToolsModule } from './tools.module.js';
