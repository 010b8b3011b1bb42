import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Permission } from '@gatehouse/contracts';
import type { Principal } from '../auth/index.js';
import { Clock, InProcessEventBus, Metrics, Scrubber, SecretBox, databaseKind } from '../platform/index.js';
import type { CallIntent } from './calls/call-intent.js';
import { CallJournal } from './calls/call-journal.js';
import { RecordQueue } from './calls/record-queue.js';
import { recordWriterFor } from './calls/record-writers.js';
import { openNode, type ChainNode } from './chain/chain-node.js';
import { CheckpointFile } from './chain/checkpoint-file.js';
import { Checkpointer } from './chain/checkpointer.js';
import { AdminTrailWriter } from './trail/admin-trail-writer.js';
import { TrailSealer } from './trail/trail-sealer.js';
import { ChainVerifier } from './verify/chain-verifier.js';

// What the specs provoke is not worth reading.
Logger.overrideLogger(false);

export const testBox = (): SecretBox => new SecretBox({ current: 'k1', keys: new Map([['k1', Buffer.alloc(32, 7)]]) });

/** The database of a busy test machine may be slow; what is proven is not how fast it is. */
export class PatientQueue extends RecordQueue {
  protected override readonly patienceMs = 60_000;
}

/** Everything that writes, seals and checks the record, as one process has it. */
export interface AuditParts {
  node: ChainNode;
  queue: RecordQueue;
  journal: CallJournal;
  trail: AdminTrailWriter;
  sealer: TrailSealer;
  checkpointer: Checkpointer;
  file: CheckpointFile;
  verifier: ChainVerifier;
  /** Takes the connection away under the writer, in the middle of what it does. */
  interrupt(): Promise<void>;
  close(): Promise<void>;
}

/** @param folder another one is another node */
export async function auditParts(
  database: DataSource,
  folder: string,
  clock = new Clock(),
  scrubber = new Scrubber(),
): Promise<AuditParts> {
  const box = testBox();
  const file = new CheckpointFile(join(folder, 'audit', 'checkpoints.jsonl'));
  const node = await openNode({ database, box, checkpoints: file, idFile: join(folder, 'audit', 'node') });
  const writer = recordWriterFor(database, node);
  const queue = new PatientQueue(writer, clock);
  const sealer = new TrailSealer(queue, database, box);
  return {
    node,
    queue,
    journal: new CallJournal(queue, database, clock, new InProcessEventBus(), new Metrics(), scrubber),
    trail: new AdminTrailWriter(clock, box, sealer),
    sealer,
    checkpointer: new Checkpointer(node, queue, database, file, clock),
    file,
    verifier: new ChainVerifier(database.query.bind(database), box),
    interrupt: () => (databaseKind() === 'sqlite' ? writer.close() : killConnections(database)),
    close: () => queue.close(),
  };
}

async function killConnections(database: DataSource): Promise<void> {
  const sql = 'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()';
  for (const { id } of await database.query<{ id: number }[]>(sql))
    await database.query(`KILL ${id}`).catch(() => undefined);
}

export const principalOf = (userId: string, permissions: readonly Permission[] = []): Principal => ({
  userId,
  email: `${userId}@example.org`,
  displayName: userId,
  groupIds: new Set(),
  permissions: new Set(permissions),
  credential: { kind: 'session', id: 's1', name: userId },
  serviceIds: null,
});

export const intentOf = (userId: string, rest: Partial<CallIntent> = {}): CallIntent => ({
  door: 'rest',
  principal: principalOf(userId),
  service: { id: 'weather', name: 'Weather' },
  tool: 'forecast',
  arguments: { city: 'Bern' },
  ...rest,
});
