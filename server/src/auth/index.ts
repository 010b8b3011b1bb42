import './events.js';

export { AccountDeclarations } from './account-declarations.js';
export { AuthModule } from './auth.module.js';
export { Authenticator } from './authenticator.js';
export { decide } from './access/decide.js';
export type { AccessAction, AccessObject, Decision, Grant, Passage, PassageGrant } from './access/decide.js';
export { onTrail } from './access/actor.js';
export type { Actor } from './access/actor.js';
export {
  ACCESS_RULE,
  Caller,
  Public,
  PublicRecognising,
  RequirePermission,
  SignedIn,
  SignedInOrEmbedded,
} from './access/require-permission.js';
export type { AccessRule } from './access/require-permission.js';
export { routeTable, unguardedRoutes } from './access/route-table.js';
export type { Route } from './access/route-table.js';
export { ApiKeyBook } from './api-keys/api-key-book.js';
export type { NamedKey } from './api-keys/api-key-book.js';
export { carriedBy } from './credentials/carried.js';
export type { Carried } from './credentials/carried.js';
export { CredentialStanding, keptOf } from './credentials/credential-standing.js';
export type { KeptPrincipal } from './credentials/credential-standing.js';
export { AccountDirectory } from './directory/account-directory.js';
export type { Account, GroupEntry, RoleEntry } from './directory/account.js';
export { EmbedAppBook } from './embed/embed-app-book.js';
export { EmbedSession } from './embed/embed.dto.js';
export { EmbedAppDraft } from './embed/embed.dto.js';
export { EmbedAppRegistrar } from './embed/embed-app-registrar.js';
export { EmbedSessions } from './embed/embed-sessions.js';
export { AUTH_ENTITIES } from './entities.js';
export type { RevokedCredentials } from './events.js';
export { GroupDraft } from './groups/group.dto.js';
export { GroupRegistrar } from './groups/group-registrar.js';
export { CREDENTIAL_KINDS, holds } from './principal.js';
export type { CredentialKind, Principal } from './principal.js';
export { renewed } from './renewed.js';
export { isRevoked } from './revocation.js';
export { SetupGate } from './setup/setup-gate.js';
export { UserRegistrar } from './users/user-registrar.js';
