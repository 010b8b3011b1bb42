export { decide } from './access/decide.js';
export type { AccessAction, AccessObject, Decision, Grant } from './access/decide.js';
export { ACCESS_RULE, Caller, Public, RequirePermission, SignedIn } from './access/require-permission.js';
export type { AccessRule } from './access/require-permission.js';
export { AUTH_ENTITIES } from './entities.js';
export { holds } from './principal.js';
export type { CredentialKind, Principal } from './principal.js';
