import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Caller, RequirePermission, type Principal } from '../auth/index.js';
import { CommandPinner } from '../clients/index.js';
import { AppError, IsVersion } from '../platform/index.js';
import { ServicePin, ServiceRegistrar, ServiceVisibility, authorOf, say } from '../services/index.js';

export class PinRequest {
  /** Of the service as it was read; somebody else's change in between is answered with 412. */
  @IsVersion()
  version: number;
}

/** Binds local commands to what they run. Takes services:write as well. */
@ApiTags('services')
@Controller('api/mcp/services')
export class ServicePinController {
  constructor(
    private readonly visibility: ServiceVisibility,
    private readonly pinner: CommandPinner,
    private readonly registrar: ServiceRegistrar,
  ) {}

  /** Pins the command to what it runs now: from here on it is started only as long as that stays the same. */
  @Post(':id/pin')
  @HttpCode(200)
  @RequirePermission('services:stdio')
  @ApiOkResponse({ type: ServicePin })
  async pinService(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() { version }: PinRequest,
  ): Promise<ServicePin> {
    const service = this.visibility.demand(caller, id);
    if (service.version !== version) throw new AppError('stale_version');
    if (service.type !== 'stdio') throw noCommand();
    const pin = await this.pinner.pinOf(service);
    await this.registrar.pin(service, pin, authorOf(caller));
    return pin;
  }

  /** Takes the pin away. */
  @Delete(':id/pin')
  @HttpCode(204)
  @RequirePermission('services:stdio')
  @ApiNoContentResponse()
  unpinService(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.registrar.pin(this.visibility.demand(caller, id), undefined, authorOf(caller));
  }
}

const noCommand = (): AppError =>
  new AppError('validation_failed', {
    fields: [
      {
        path: 'type',
        message: say('must be stdio: only a local command is pinned', '须为 stdio：只有本地命令可以固定'),
      },
    ],
  });
