import { Controller, Get, Header, HttpStatus, Req, Res, ServiceUnavailableException } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import type { Request, Response } from 'express';
import { PublicRecognising, holds } from '../auth/index.js';
import { Lifecycle } from '../platform/index.js';
import { HealthAnswer } from './health.dto.js';
import { ReadinessProbes } from './readiness-probes.js';

/**
 * Probes for Kubernetes: live (restart me when this fails), startup (wait for me), ready (send me traffic).
 * Without the permission `health:read` the answer is one word.
 */
@ApiTags('health')
@Controller('health')
@PublicRecognising()
export class HealthController {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly probes: ReadinessProbes,
    private readonly lifecycle: Lifecycle,
  ) {}

  @Get('live')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ operationId: 'isAlive', summary: 'Whether the process runs; it does if it answers' })
  @ApiOkResponse({ type: HealthAnswer })
  live(): HealthAnswer {
    return { status: 'ok' };
  }

  @Get('startup')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ operationId: 'isStarted', summary: 'Whether migrations ran and the process serves' })
  @ApiOkResponse({ type: HealthAnswer })
  @ApiServiceUnavailableResponse({ type: HealthAnswer })
  startup(@Res({ passthrough: true }) response: Response): HealthAnswer {
    const started = this.lifecycle.current !== 'starting';
    response.status(started ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return { status: started ? 'ok' : 'error' };
  }

  @Get('ready')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    operationId: 'isReady',
    summary: 'Whether database, migrations and audit writer work and no shutdown is under way',
  })
  @ApiOkResponse({ type: HealthAnswer })
  @ApiServiceUnavailableResponse({ type: HealthAnswer })
  async ready(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<HealthAnswer> {
    const result = await this.check();
    response.status(result.status === 'ok' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    const status = result.status === 'ok' ? 'ok' : 'error';
    const mayRead = request.principal !== undefined && holds(request.principal, 'health:read');
    return mayRead ? { status, details: result.details } : { status };
  }

  private async check(): Promise<HealthCheckResult> {
    try {
      return await this.checks.check(this.probes.all());
    } catch (error) {
      if (error instanceof ServiceUnavailableException) return error.getResponse() as HealthCheckResult;
      throw error;
    }
  }
}
