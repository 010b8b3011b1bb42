import { Body, Controller, Delete, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, SignedIn, type Principal } from '../../auth/index.js';
import { AppError } from '../../platform/index.js';
import type { ServiceDefinition } from '../definition.js';
import { ServiceVisibility } from '../registry/service-visibility.js';
import { OwnCredentialsDraft } from './own-credentials.dto.js';
import { UserCredentialKeeper } from './user-credential-keeper.js';

/** A person's own credentials for a service that is used with an account of one's own. */
@ApiTags('services')
@Controller('api/mcp/services/:id/my-credentials')
@SignedIn()
export class OwnCredentialsController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly keeper: UserCredentialKeeper,
  ) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({
    operationId: 'putMyCredentials',
    summary: 'Store your own credentials for a service; they are sealed and never shown',
  })
  @ApiNoContentResponse()
  store(@Caller() caller: Principal, @Param('id') id: string, @Body() draft: OwnCredentialsDraft): Promise<void> {
    return this.keeper.store(caller, this.usable(caller, id), draft.values);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteMyCredentials', summary: 'Forget your own credentials for a service' })
  @ApiNoContentResponse()
  remove(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.keeper.remove(caller, this.usable(caller, id));
  }

  /**
   * Only the person: whoever finds a key could otherwise have its owner work with an account of somebody else's.
   *
   * @throws {AppError} `session_required` · `not_found`
   */
  private usable(caller: Principal, idOrSlug: string): ServiceDefinition {
    if (caller.credential.kind !== 'session') throw new AppError('session_required');
    const service = this.visibility.demand(caller, idOrSlug);
    if (!this.visibility.isUsable(caller, service)) throw new AppError('not_found');
    return service;
  }
}
