import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../../platform/index.js';
import { Caller, RequirePermission } from '../access/require-permission.js';
import type { Principal } from '../principal.js';
import { User, UserChange, UserDraft, UserPage, UserQuery } from './user.dto.js';
import { UserList } from './user-list.js';
import { UserRegistrar } from './user-registrar.js';

@ApiTags('people')
@Controller('api/users')
export class UsersController {
  constructor(
    private readonly users: UserList,
    private readonly registrar: UserRegistrar,
  ) {}

  @Get()
  @RequirePermission('users:read')
  @ApiOperation({ operationId: 'listUsers', summary: 'Users, by e-mail address' })
  @ApiOkResponse({ type: UserPage })
  list(@Caller() caller: Principal, @Query() query: UserQuery): Promise<Page<User>> {
    return this.users.list(caller, query);
  }

  @Post()
  @RequirePermission('users:write')
  @ApiOperation({ operationId: 'createUser', summary: 'Makes a user, with roles the caller has too' })
  @ApiCreatedResponse({ type: User })
  async create(@Caller() caller: Principal, @Body() draft: UserDraft): Promise<User> {
    const { id } = await this.registrar.create(caller, draft);
    return this.users.read(caller, id);
  }

  @Get(':id')
  @RequirePermission('users:read')
  @ApiOperation({ operationId: 'readUser', summary: 'One user' })
  @ApiOkResponse({ type: User })
  read(@Caller() caller: Principal, @Param('id') id: string): Promise<User> {
    return this.users.read(caller, id);
  }

  @Put(':id')
  @RequirePermission('users:write')
  @ApiOperation({
    operationId: 'changeUser',
    summary: 'Changes a user; new roles, a new password or disabling end the sessions',
  })
  @ApiOkResponse({ type: User })
  async change(@Caller() caller: Principal, @Param('id') id: string, @Body() change: UserChange): Promise<User> {
    await this.registrar.change(caller, id, change);
    return this.users.read(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('users:write')
  @ApiOperation({
    operationId: 'deleteUser',
    summary: 'Deletes a user with all keys and sessions; records of calls stay',
  })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(caller, id);
  }
}
