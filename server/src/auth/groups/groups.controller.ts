import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, type Page } from '../../platform/index.js';
import { Caller, RequirePermission } from '../access/require-permission.js';
import type { Principal } from '../principal.js';
import { Group, GroupChange, GroupDraft, GroupPage, GroupQuery, Member, MemberDraft, MemberPage } from './group.dto.js';
import { GroupList } from './group-list.js';
import { GroupRegistrar } from './group-registrar.js';

@ApiTags('people')
@Controller('api/groups')
export class GroupsController {
  constructor(
    private readonly groups: GroupList,
    private readonly registrar: GroupRegistrar,
  ) {}

  @Get()
  @RequirePermission('groups:read')
  @ApiOperation({ operationId: 'listGroups', summary: 'Groups, by name' })
  @ApiOkResponse({ type: GroupPage })
  list(@Query() query: GroupQuery): Promise<Page<Group>> {
    return this.groups.list(query);
  }

  @Post()
  @RequirePermission('groups:write')
  @ApiOperation({ operationId: 'createGroup', summary: 'Makes a group' })
  @ApiCreatedResponse({ type: Group })
  async create(@Caller() caller: Principal, @Body() draft: GroupDraft): Promise<Group> {
    return this.groups.view(await this.registrar.create(caller, draft));
  }

  @Get(':id')
  @RequirePermission('groups:read')
  @ApiOperation({ operationId: 'readGroup', summary: 'One group' })
  @ApiOkResponse({ type: Group })
  read(@Param('id') id: string): Promise<Group> {
    return this.groups.read(id);
  }

  @Put(':id')
  @RequirePermission('groups:write')
  @ApiOperation({ operationId: 'changeGroup', summary: 'Changes name or description' })
  @ApiOkResponse({ type: Group })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() change: GroupChange): Promise<Group> {
    return this.groups.view(await this.registrar.change(caller, id, change));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('groups:write')
  @ApiOperation({ operationId: 'deleteGroup', summary: 'Deletes a group; its members lose what was granted to it' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(caller, id);
  }

  @Get(':id/members')
  @RequirePermission('groups:read')
  @ApiOperation({ operationId: 'listMembers', summary: 'Members of a group, by e-mail address' })
  @ApiOkResponse({ type: MemberPage })
  members(@Param('id') id: string, @Query() query: PageQuery): Promise<Page<Member>> {
    return this.groups.members(id, query);
  }

  @Post(':id/members')
  @RequirePermission('groups:write')
  @ApiOperation({ operationId: 'addMember', summary: 'Adds a user to a group' })
  @ApiCreatedResponse({ type: Member })
  async addMember(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() { userId }: MemberDraft,
  ): Promise<Member> {
    await this.registrar.addMember(caller, id, userId);
    return this.groups.member(id, userId);
  }

  @Delete(':id/members/:userId')
  @HttpCode(204)
  @RequirePermission('groups:write')
  @ApiOperation({ operationId: 'removeMember', summary: 'Takes a user out of a group' })
  @ApiNoContentResponse()
  removeMember(@Caller() caller: Principal, @Param('id') id: string, @Param('userId') userId: string): Promise<void> {
    return this.registrar.removeMember(caller, id, userId);
  }
}
