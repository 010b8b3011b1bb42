import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, type Principal } from '../../auth/index.js';
import { cutPage, decodeCursor, type Page } from '../../platform/index.js';
import { authorOf } from '../author.js';
import { ServiceDirectory } from '../registry/service-directory.js';
import { AccessPolicy } from './access-policy.js';
import { GrantPresenter } from './grant-presenter.js';
import { GrantRegistrar } from './grant-registrar.js';
import { Grant, GrantDraft, GrantPage, GrantQuery } from './grant.dto.js';
import type { StoredGrant } from './grant-rows.js';

@ApiTags('access')
@Controller('api/mcp/grants')
export class GrantsController {
  constructor(
    private readonly policy: AccessPolicy,
    private readonly services: ServiceDirectory,
    private readonly registrar: GrantRegistrar,
    private readonly presenter: GrantPresenter,
  ) {}

  @Get()
  @RequirePermission('grants:read')
  @ApiOperation({ operationId: 'listGrants', summary: 'Grants, oldest first' })
  @ApiOkResponse({ type: GrantPage })
  list(@Caller() caller: Principal, @Query() query: GrantQuery): Page<Grant> {
    const { reaches } = authorOf(caller);
    const grants = this.matching(query)
      .filter(({ serviceId }) => reaches(serviceId))
      .sort(byAge);
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 2);
    const rest = after ? grants.filter((grant) => compare(positionOf(grant), after) > 0) : grants;
    return cutPage(rest, query.limit ?? 50, positionOf, this.presenter.present);
  }

  @Post()
  @RequirePermission('grants:write')
  @ApiOperation({
    operationId: 'createGrant',
    summary: 'Let, or forbid, somebody to use a service or one of its tools',
  })
  @ApiCreatedResponse({ type: Grant })
  async create(@Caller() caller: Principal, @Body() draft: GrantDraft): Promise<Grant> {
    return this.presenter.present(await this.registrar.create(draft, authorOf(caller)));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('grants:write')
  @ApiOperation({ operationId: 'deleteGrant', summary: 'Take a grant back' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.remove(id, authorOf(caller));
  }

  private matching({ serviceId, subjectKind, subjectId }: GrantQuery): StoredGrant[] {
    const service = serviceId === undefined ? undefined : this.services.find(serviceId);
    if (serviceId !== undefined && !service) return [];
    const grants = service ? this.policy.grantsOf(service.id) : this.policy.all();
    return grants.filter(
      ({ subject }) =>
        (subjectKind === undefined || subject.kind === subjectKind) &&
        (subjectId === undefined || (subject.kind !== 'everyone' && subject.id === subjectId)),
    );
  }
}

type Position = (string | number)[];

const positionOf = (grant: StoredGrant): Position => [grant.createdAt.getTime(), grant.id];

const byAge = (a: StoredGrant, b: StoredGrant): number => compare(positionOf(a), positionOf(b));

function compare(a: Position, b: Position): number {
  const index = a.findIndex((part, at) => part !== b[at]);
  const [mine, other] = [a[index], b[index]];
  if (mine === undefined || other === undefined) return 0;
  return mine < other ? -1 : 1;
}
