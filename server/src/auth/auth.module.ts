import { Global, Module, type MiddlewareConsumer, type NestModule, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { DataSource } from 'typeorm';
import { AccountDeclarations } from './account-declarations.js';
import { AuthenticateGuard } from './access/authenticate.guard.js';
import { PermissionGuard } from './access/permission.guard.js';
import { RequestThrottleGuard, THROTTLE } from './access/request-throttle.guard.js';
import { ApiKeyBook } from './api-keys/api-key-book.js';
import { ApiKeyIssuer } from './api-keys/api-key-issuer.js';
import { ApiKeyList } from './api-keys/api-key-list.js';
import { ApiKeyVerifier } from './api-keys/api-key-verifier.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { Authenticator } from './authenticator.js';
import { CredentialStanding } from './credentials/credential-standing.js';
import { ExpirySweep } from './credentials/expiry-sweep.js';
import { LastUse } from './credentials/last-use.js';
import { AccountDirectory } from './directory/account-directory.js';
import { AccountLedger } from './directory/account-ledger.js';
import { loadDirectory } from './directory/load-directory.js';
import { EmbedAppBook, loadEmbedApps } from './embed/embed-app-book.js';
import { EmbedAppList } from './embed/embed-app-list.js';
import { EmbedAppRegistrar } from './embed/embed-app-registrar.js';
import { EmbedAppsController } from './embed/embed-apps.controller.js';
import { EmbedCors } from './embed/embed-cors.js';
import { EmbedSessions } from './embed/embed-sessions.js';
import { EmbedSessionsController } from './embed/embed-sessions.controller.js';
import { GroupList } from './groups/group-list.js';
import { GroupRegistrar } from './groups/group-registrar.js';
import { GroupsController } from './groups/groups.controller.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { RoleRegistrar } from './roles/role-registrar.js';
import { RolesController } from './roles/roles.controller.js';
import { LoginBrake } from './sessions/login-brake.js';
import { Logout } from './sessions/logout.js';
import { OwnAccount } from './sessions/own-account.js';
import { PasswordLogin } from './sessions/password-login.js';
import { SessionController } from './sessions/session.controller.js';
import { SessionKeeper } from './sessions/session-keeper.js';
import { SetupController } from './setup/setup.controller.js';
import { SetupGate } from './setup/setup-gate.js';
import { UserList } from './users/user-list.js';
import { UserRegistrar } from './users/user-registrar.js';
import { UsersController } from './users/users.controller.js';

/** In this order for every request: who is it, how often do they ask, may they. */
const GUARDS: Provider[] = [AuthenticateGuard, RequestThrottleGuard, PermissionGuard].map((useClass) => ({
  provide: APP_GUARD,
  useClass,
}));

/** Read from the database before anybody who needs them is made. */
const SNAPSHOTS: Provider[] = [
  { provide: AccountDirectory, useFactory: loadDirectory, inject: [DataSource] },
  { provide: EmbedAppBook, useFactory: loadEmbedApps, inject: [DataSource] },
];

/** Who somebody is and what they may do. Global, because its guards stand before every route. */
@Global()
@Module({
  imports: [ThrottlerModule.forRoot(THROTTLE)],
  controllers: [
    SetupController,
    SessionController,
    ApiKeysController,
    UsersController,
    GroupsController,
    RolesController,
    EmbedAppsController,
    EmbedSessionsController,
  ],
  providers: [
    AccountDeclarations,
    ...SNAPSHOTS,
    ...GUARDS,
    AccountLedger,
    ApiKeyBook,
    ApiKeyIssuer,
    ApiKeyList,
    ApiKeyVerifier,
    Authenticator,
    CredentialStanding,
    EmbedAppList,
    EmbedAppRegistrar,
    EmbedSessions,
    ExpirySweep,
    GroupList,
    GroupRegistrar,
    LastUse,
    LoginBrake,
    Logout,
    OwnAccount,
    PasswordHasher,
    PasswordLogin,
    RoleRegistrar,
    SessionKeeper,
    SetupGate,
    UserList,
    UserRegistrar,
  ],
  exports: [
    AccountDeclarations,
    AccountDirectory,
    ApiKeyBook,
    Authenticator,
    CredentialStanding,
    EmbedAppBook,
    EmbedAppRegistrar,
    EmbedSessions,
    GroupRegistrar,
    SetupGate,
    UserRegistrar,
  ],
})
export class AuthModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(EmbedCors).forRoutes('api/{*path}');
  }
}
