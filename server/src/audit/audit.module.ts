import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AdminTrail } from '../platform/index.js';
import { CallJournal } from './calls/call-journal.js';
import { CallRecord } from './calls/call-record.entity.js';
import { CallSearch } from './calls/call-search.js';
import { CallsController } from './calls/calls.controller.js';
import { recordWriterFor } from './calls/record-writers.js';
import { RecordWriter } from './calls/record-writer.js';
import { AdminTrailWriter } from './trail/admin-trail-writer.js';
import { TrailController } from './trail/trail.controller.js';
import { TrailEntry } from './trail/trail-entry.entity.js';
import { TrailInterceptor } from './trail/trail.interceptor.js';
import { TrailSearch } from './trail/trail-search.js';
import { UsageController } from './usage/usage.controller.js';
import { UsageStatistics } from './usage/usage-statistics.js';

/** Global, because every module below and above writes to the trail. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CallRecord, TrailEntry])],
  controllers: [CallsController, TrailController, UsageController],
  providers: [
    { provide: RecordWriter, useFactory: recordWriterFor, inject: [DataSource] },
    CallJournal,
    CallSearch,
    TrailSearch,
    UsageStatistics,
    { provide: AdminTrail, useClass: AdminTrailWriter },
    { provide: APP_INTERCEPTOR, useClass: TrailInterceptor },
  ],
  exports: [AdminTrail, CallJournal, CallSearch, UsageStatistics],
})
export class AuditModule {}
