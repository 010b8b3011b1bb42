import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/index.js';
import type { RecordQueue } from '../calls/record-queue.js';
import { ROW_SQL } from '../calls/record-sql.js';
import { AnchorRow } from './anchor.entity.js';
import type { ChainHead } from './chain-format.js';
import type { ChainNode } from './chain-node.js';
import { checkpointValues, type Checkpoint } from './checkpoint.js';
import { CheckpointRow } from './checkpoint.entity.js';
import type { CheckpointFile } from './checkpoint-file.js';
import { numberOf, rowsOf, textOf } from './raw-rows.js';

/** Signs how far the chain has come: in the database, in a file that can be shipped off the machine, and in the log. */
export class Checkpointer {
  private readonly logger = new Logger('AuditChain');
  /** Undefined until it was looked up. */
  private signedSeq: number | undefined;

  constructor(
    private readonly node: ChainNode,
    private readonly queue: RecordQueue,
    private readonly database: DataSource,
    private readonly file: CheckpointFile,
    private readonly clock: Clock,
  ) {}

  /** Signs what is durable, unless that was done already. @returns undefined where there was nothing new */
  async sign(): Promise<Checkpoint | undefined> {
    const head = this.queue.head ?? (await this.storedHead());
    this.signedSeq ??= await this.lastSigned();
    if (!head || head.seq <= this.signedSeq) return undefined;
    const anchor = await this.database.getRepository(AnchorRow).findOneBy({ node: this.node.id });
    const said = {
      node: this.node.id,
      seq: head.seq,
      entries: head.seq - Number(anchor?.seq ?? 0),
      mac: head.mac,
      at: this.clock.now().getTime(),
    };
    const checkpoint = { ...said, signature: this.node.sign(checkpointValues(said)) };
    await this.file.append({ ...checkpoint, publicKey: this.node.publicKey });
    await this.database.getRepository(CheckpointRow).insert(checkpoint);
    this.signedSeq = head.seq;
    this.logger.log({ msg: 'Audit checkpoint', ...checkpoint });
    return checkpoint;
  }

  /** What the process before this one wrote, and perhaps had no time to sign. */
  private async storedHead(): Promise<ChainHead | undefined> {
    const [row] = await rowsOf(this.database.query.bind(this.database), ROW_SQL.head, [this.node.id]);
    return row && { seq: numberOf(row, 'seq'), mac: textOf(row, 'mac') };
  }

  private async lastSigned(): Promise<number> {
    return (await this.database.getRepository(CheckpointRow).maximum('seq', { node: this.node.id })) ?? 0;
  }
}
