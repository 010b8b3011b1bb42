import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, SignedIn, type Principal } from '../auth/index.js';
import { AppError, PageQuery, type Page } from '../platform/index.js';
import { ExplainQuery, Explainer, Explanation, authorOf } from '../services/index.js';
import { pageOfSorted } from '../tools/index.js';
import { ProfileContents } from './contents/profile-contents.js';
import { ProfilePresenter } from './profile-presenter.js';
import { ProfileRegistrar } from './profile-registrar.js';
import { ProfileVisibility } from './profile-visibility.js';
import { Profile, ProfileChange, ProfileDraft, ProfilePage } from './profile.dto.js';
import { TokenMeter } from './tokens/token-meter.js';
import { ProfileTokens } from './tokens/token.dto.js';

/** `{id}` is an id or a slug everywhere. */
@ApiTags('profiles')
@Controller('api/mcp/profiles')
export class ProfilesController {
  constructor(
    private readonly visibility: ProfileVisibility,
    private readonly registrar: ProfileRegistrar,
    private readonly presenter: ProfilePresenter,
    private readonly contents: ProfileContents,
    private readonly explainer: Explainer,
    private readonly meter: TokenMeter,
  ) {}

  @Get()
  @SignedIn()
  @ApiOperation({
    operationId: 'listProfiles',
    summary: 'Profiles by slug: all with services:read, otherwise those that offer the caller something',
  })
  @ApiOkResponse({ type: ProfilePage })
  list(@Caller() caller: Principal, @Query() query: PageQuery): Page<Profile> {
    return pageOfSorted(
      this.visibility.list(caller),
      query,
      ({ slug }) => slug,
      (profile) => this.presenter.present(profile, caller),
    );
  }

  @Post()
  @RequirePermission('grants:write')
  @ApiOperation({
    operationId: 'createProfile',
    summary: 'Make a profile: a curated set of tools with its own endpoint',
  })
  @ApiCreatedResponse({ type: Profile })
  async create(@Caller() caller: Principal, @Body() draft: ProfileDraft): Promise<Profile> {
    return this.presenter.present(await this.registrar.create(draft, authorOf(caller)), caller);
  }

  @Get(':id')
  @SignedIn()
  @ApiOperation({ operationId: 'getProfile', summary: 'One profile' })
  @ApiOkResponse({ type: Profile })
  find(@Caller() caller: Principal, @Param('id') id: string): Profile {
    return this.presenter.present(this.visibility.demand(caller, id), caller);
  }

  @Put(':id')
  @RequirePermission('grants:write')
  @ApiOperation({ operationId: 'changeProfile', summary: 'Change a profile; absent fields stay as they are' })
  @ApiOkResponse({ type: Profile })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() change: ProfileChange): Promise<Profile> {
    const profile = await this.registrar.change(this.own(caller, id), change, authorOf(caller));
    return this.presenter.present(profile, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('grants:write')
  @ApiOperation({
    operationId: 'deleteProfile',
    summary: 'Delete a profile and its grants; its endpoint is empty then',
  })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(this.own(caller, id), authorOf(caller));
  }

  @Get(':id/explain')
  @SignedIn()
  @ApiOperation({
    operationId: 'explainProfileAccess',
    summary: 'Why somebody may, or may not, use a service or a tool through the profile',
  })
  @ApiOkResponse({ type: Explanation })
  explain(@Caller() caller: Principal, @Param('id') id: string, @Query() query: ExplainQuery): Explanation {
    const { slug } = this.visibility.demand(caller, id);
    return this.explainer.explain(caller, query, this.contents.passage(slug));
  }

  @Get(':id/tokens')
  @RequirePermission('services:read')
  @ApiOperation({ operationId: 'measureProfile', summary: 'How much of a model’s context the tools of a profile take' })
  @ApiOkResponse({ type: ProfileTokens })
  measure(@Caller() caller: Principal, @Param('id') id: string): Promise<ProfileTokens> {
    const profile = this.visibility.demand(caller, id);
    if (!this.visibility.seesInside(caller, profile)) throw new AppError('not_found');
    return this.meter.measure(profile);
  }

  /** The id of a profile that the caller may see; what they may not see, they cannot change either. */
  private own(caller: Principal, idOrSlug: string): string {
    return this.visibility.demand(caller, idOrSlug).id;
  }
}
