import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { AuthModule } from '../auth/index.js';
import { ServicesModule } from '../services/index.js';
import { OverviewController } from './overview.controller.js';
import { OverviewReader } from './overview-reader.js';

@Module({
  imports: [AuditModule, AuthModule, ServicesModule],
  controllers: [OverviewController],
  providers: [OverviewReader],
})
export class OverviewModule {}
