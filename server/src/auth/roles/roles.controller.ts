import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { Caller, RequirePermission } from '../access/require-permission.js';
import type { RoleEntry } from '../directory/account.js';
import { AccountDirectory } from '../directory/account-directory.js';
import type { Principal } from '../principal.js';
import { Role, RoleDraft, RolePage } from './role.dto.js';
import { RoleRegistrar } from './role-registrar.js';

@ApiTags('people')
@Controller('api/roles')
export class RolesController {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly registrar: RoleRegistrar,
  ) {}

  @Get()
  @RequirePermission('users:read')
  @ApiOperation({ operationId: 'listRoles', summary: 'Roles: the built-in ones first, then those defined here' })
  @ApiOkResponse({ type: RolePage })
  list(@Query() { limit = 50, cursor }: PageQuery): Page<Role> {
    const start = cursor === undefined ? 0 : Number(decodeCursor(cursor, 1)[0]);
    const rows = this.directory.roles().map((role, index) => ({ role, index }));
    return cutPage(
      rows.slice(start, start + limit + 1),
      limit,
      ({ index }) => [index + 1],
      ({ role }) => view(role),
    );
  }

  @Post()
  @RequirePermission('roles:write')
  @ApiOperation({ operationId: 'createRole', summary: 'Defines a role out of permissions the caller has too' })
  @ApiCreatedResponse({ type: Role })
  async create(@Caller() caller: Principal, @Body() draft: RoleDraft): Promise<Role> {
    return view(await this.registrar.create(caller, draft));
  }

  @Put(':name')
  @RequirePermission('roles:write')
  @ApiOperation({ operationId: 'changeRole', summary: 'Changes what a role says; whoever has it is affected at once' })
  @ApiOkResponse({ type: Role })
  async change(@Caller() caller: Principal, @Param('name') name: string, @Body() draft: RoleDraft): Promise<Role> {
    return view(await this.registrar.change(caller, name, draft));
  }

  @Delete(':name')
  @HttpCode(204)
  @RequirePermission('roles:write')
  @ApiOperation({ operationId: 'deleteRole', summary: 'Deletes a role that nobody has' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('name') name: string): Promise<void> {
    return this.registrar.remove(caller, name);
  }
}

const view = ({ name, title, permissions, builtIn }: RoleEntry): Role => ({
  name,
  title,
  permissions: [...permissions],
  builtIn,
});
