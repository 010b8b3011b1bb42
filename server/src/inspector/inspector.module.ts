import { Module } from '@nestjs/common';
import { GatewayModule } from '../gateway/index.js';
import { AssumedPrincipals } from './assumed-principal.js';
import { FrameFeed } from './frame-feed.js';
import { InspectorController } from './inspector.controller.js';
import { RequestRunner } from './request-runner.js';

/** Looking at the traffic of MCP clients, and running requests by hand. See README.md. */
@Module({
  imports: [GatewayModule],
  controllers: [InspectorController],
  providers: [AssumedPrincipals, FrameFeed, RequestRunner],
})
export class InspectorModule {}
