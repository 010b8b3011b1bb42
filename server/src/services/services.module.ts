import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessPolicy } from './access/access-policy.js';
import { AccountPeople } from './access/account-people.js';
import { ExplainController } from './access/explain.controller.js';
import { Explainer } from './access/explainer.js';
import { GrantPresenter } from './access/grant-presenter.js';
import { GrantRegistrar } from './access/grant-registrar.js';
import { GrantWriter } from './access/grant-writer.js';
import { GrantRow } from './access/grant.entity.js';
import { GrantsController } from './access/grants.controller.js';
import { People } from './access/people.js';
import { SubjectWatch } from './access/subject-watch.js';
import { ToolPolicies } from './access/tool-policies.js';
import { CapabilityStore } from './capabilities/capability-store.js';
import { DraftReader } from './draft/draft-reader.js';
import { HealthBoard } from './health/health-board.js';
import { StatusKeeper } from './health/status-keeper.js';
import { ImportController } from './import/import.controller.js';
import { Importer } from './import/importer.js';
import { OwnCredentialsController } from './own-credentials/own-credentials.controller.js';
import { UserCredentialBook } from './own-credentials/user-credential-book.js';
import { UserCredentialKeeper } from './own-credentials/user-credential-keeper.js';
import { UserCredentialVault } from './own-credentials/user-credential-vault.js';
import { UserCredentialRow } from './own-credentials/user-credential.entity.js';
import { CredentialVault } from './registry/credential-vault.js';
import { ServiceDirectory } from './registry/service-directory.js';
import { ServiceFilter } from './registry/service-filter.js';
import { ServicePresenter } from './registry/service-presenter.js';
import { ServiceRegistrar } from './registry/service-registrar.js';
import { ServiceVisibility } from './registry/service-visibility.js';
import { ServiceRow } from './registry/service.entity.js';
import { ToolReviewRow } from './reviews/tool-review.entity.js';
import { ToolReviews } from './reviews/tool-reviews.js';
import { ServicesController } from './services.controller.js';

const PUBLIC = [
  AccessPolicy,
  CapabilityStore,
  DraftReader,
  Explainer,
  GrantRegistrar,
  HealthBoard,
  ServiceDirectory,
  ServicePresenter,
  ServiceRegistrar,
  ServiceVisibility,
  ToolPolicies,
  ToolReviews,
  UserCredentialBook,
];

/** Global, because every door asks it which services there are and who may use them. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ServiceRow, GrantRow, UserCredentialRow, ToolReviewRow])],
  controllers: [ImportController, ServicesController, OwnCredentialsController, GrantsController, ExplainController],
  providers: [
    ...PUBLIC,
    CredentialVault,
    GrantPresenter,
    GrantWriter,
    Importer,
    ServiceFilter,
    StatusKeeper,
    SubjectWatch,
    UserCredentialKeeper,
    UserCredentialVault,
    { provide: People, useClass: AccountPeople },
  ],
  exports: [...PUBLIC, People],
})
export class ServicesModule {}
