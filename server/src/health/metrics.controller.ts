import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request } from 'express';
import { PublicRecognising, holds } from '../auth/index.js';
import { AppError, Metrics, isLoopback } from '../platform/index.js';

/** Prometheus metrics: for this machine itself, or for whoever holds `metrics:read`. */
@ApiExcludeController()
@Controller('metrics')
@PublicRecognising()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  async read(@Req() request: Request): Promise<string> {
    const allowed = isFromThisMachine(request) || (request.principal && holds(request.principal, 'metrics:read'));
    if (!allowed) throw new AppError('not_found');
    return this.metrics.registry.metrics();
  }
}

/** A request that came through a proxy is somebody else's, although its socket is local. */
function isFromThisMachine(request: Request): boolean {
  const proxied = request.headers['x-forwarded-for'] !== undefined || request.headers['forwarded'] !== undefined;
  const address = request.socket.remoteAddress ?? '';
  return !proxied && isLoopback(address.replace(/^::ffff:/, ''));
}
