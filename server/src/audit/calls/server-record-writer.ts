import type { DataSource } from 'typeorm';
import { CallRecord } from './call-record.entity.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';

/** Writes to a database server, over the connections that everybody uses. */
export class ServerRecordWriter extends RecordWriter {
  constructor(private readonly database: DataSource) {
    super();
  }

  async commit(writes: readonly RecordWrite[]): Promise<void> {
    const rows = writes.flatMap((write) => (write.kind === 'insert' ? [write.row] : []));
    await this.database.transaction(async (manager) => {
      if (rows.length > 0) await manager.insert(CallRecord, rows as never);
      for (const write of writes) {
        if (write.kind === 'finish') await manager.update(CallRecord, { id: write.id }, write.patch as never);
      }
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
