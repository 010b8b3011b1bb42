import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CallbackCourier } from './callback/callback-courier.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { IdempotencyKeyRow } from './idempotency/idempotency-key.entity.js';
import { IdempotencyStore } from './idempotency/idempotency-store.js';
import { JobDesk } from './job-desk.js';
import { JobRow } from './job.entity.js';
import { JobFeed } from './job-feed.js';
import { JobHandlers } from './job-handler.js';
import { JobRunner } from './job-runner.js';
import { JobStore } from './job-store.js';
import { JobSweep } from './job-sweep.js';
import { JobsController } from './jobs.controller.js';

/** Work that goes on after the request that asked for it. */
@Module({
  imports: [TypeOrmModule.forFeature([JobRow, IdempotencyKeyRow])],
  controllers: [JobsController],
  providers: [
    CallbackCourier,
    IdempotencyInterceptor,
    IdempotencyStore,
    JobDesk,
    JobFeed,
    JobHandlers,
    JobRunner,
    JobStore,
    JobSweep,
  ],
  exports: [IdempotencyInterceptor, IdempotencyStore, JobDesk, JobHandlers],
})
export class JobsModule {}
