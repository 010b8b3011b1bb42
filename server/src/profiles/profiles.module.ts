import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ToolsModule } from '../tools/index.js';
import { ProfileContents } from './contents/profile-contents.js';
import { ProfileDrafts } from './draft/profile-drafts.js';
import { ProfilePresenter } from './profile-presenter.js';
import { ProfileRegistrar } from './profile-registrar.js';
import { ProfileSubjectWatch } from './profile-subject-watch.js';
import { ProfileVisibility } from './profile-visibility.js';
import { ProfilesController } from './profiles.controller.js';
import { ToolSearch } from './search/tool-search.js';
import { PROFILE_ENTITIES } from './store/entities.js';
import { ProfileDirectory } from './store/profile-directory.js';
import { ProfileWriter } from './store/profile-writer.js';
import { TokenCounter } from './tokens/token-counter.js';
import { TokenMeter } from './tokens/token-meter.js';

/** Curated sets of tools with endpoints and grants of their own. See README.md. */
@Module({
  imports: [TypeOrmModule.forFeature(PROFILE_ENTITIES), ToolsModule],
  controllers: [ProfilesController],
  providers: [
    ProfileContents,
    ProfileDirectory,
    ProfileDrafts,
    ProfilePresenter,
    ProfileRegistrar,
    ProfileSubjectWatch,
    ProfileVisibility,
    ProfileWriter,
    TokenCounter,
    TokenMeter,
    ToolSearch,
  ],
  exports: [ProfileContents, ProfileDirectory, ToolSearch],
})
export class ProfilesModule {}
