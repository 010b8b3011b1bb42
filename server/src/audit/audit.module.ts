import { join } from 'node:path';
import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AdminTrail, CONFIG, Clock, SecretBox, type Config } from '../platform/index.js';
import { AuditKeeper } from './audit-keeper.js';
import { CallJournal } from './calls/call-journal.js';
import { CallRecord } from './calls/call-record.entity.js';
import { CallSearch } from './calls/call-search.js';
import { CallsController } from './calls/calls.controller.js';
import { RecordQueue } from './calls/record-queue.js';
import { recordWriterFor } from './calls/record-writers.js';
import { openNode, type ChainNode } from './chain/chain-node.js';
import { CheckpointFile } from './chain/checkpoint-file.js';
import { Checkpointer } from './chain/checkpointer.js';
import { CallExport } from './export/call-export.js';
import { ExportController } from './export/export.controller.js';
import { Retention } from './retention/retention.js';
import { AdminTrailWriter } from './trail/admin-trail-writer.js';
import { TrailController } from './trail/trail.controller.js';
import { TrailEntry } from './trail/trail-entry.entity.js';
import { TrailInterceptor } from './trail/trail.interceptor.js';
import { TrailSealer } from './trail/trail-sealer.js';
import { TrailSearch } from './trail/trail-search.js';
import { CallCounts } from './usage/call-counts.js';
import { UsageController } from './usage/usage.controller.js';
import { UsageStatistics } from './usage/usage-statistics.js';
import { CallSeals } from './verify/call-seal.js';
import { NewestCheck } from './verify/newest-check.js';
import { VerifyController } from './verify/verify.controller.js';

const CHAIN_NODE = Symbol('chain node');

/** Global, because every module below and above writes to the trail. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CallRecord, TrailEntry])],
  // The export first: its address would be taken for a call's.
  controllers: [ExportController, CallsController, TrailController, UsageController, VerifyController],
  providers: [
    {
      provide: CheckpointFile,
      useFactory: ({ checkpointFile }: Config) => new CheckpointFile(checkpointFile),
      inject: [CONFIG],
    },
    {
      provide: CHAIN_NODE,
      useFactory: (database: DataSource, box: SecretBox, checkpoints: CheckpointFile, { dataDir }: Config) =>
        openNode({ database, box, checkpoints, idFile: join(dataDir, 'audit', 'node') }),
      inject: [DataSource, SecretBox, CheckpointFile, CONFIG],
    },
    {
      provide: RecordQueue,
      useFactory: (database: DataSource, node: ChainNode, clock: Clock) =>
        new RecordQueue(recordWriterFor(database, node), clock),
      inject: [DataSource, CHAIN_NODE, Clock],
    },
    {
      provide: Checkpointer,
      useFactory: (node: ChainNode, queue: RecordQueue, database: DataSource, file: CheckpointFile, clock: Clock) =>
        new Checkpointer(node, queue, database, file, clock),
      inject: [CHAIN_NODE, RecordQueue, DataSource, CheckpointFile, Clock],
    },
    {
      provide: Retention,
      useFactory: ({ auditDays }: Config, node: ChainNode, database: DataSource, box: SecretBox, clock: Clock) =>
        new Retention(auditDays, node, database, box, clock),
      inject: [CONFIG, CHAIN_NODE, DataSource, SecretBox, Clock],
    },
    AuditKeeper,
    CallCounts,
    CallExport,
    CallSeals,
    NewestCheck,
    CallJournal,
    CallSearch,
    TrailSealer,
    TrailSearch,
    UsageStatistics,
    { provide: AdminTrail, useClass: AdminTrailWriter },
    { provide: APP_INTERCEPTOR, useClass: TrailInterceptor },
  ],
  exports: [AdminTrail, CallCounts, CallJournal, CallSearch, UsageStatistics],
})
export class AuditModule {}
