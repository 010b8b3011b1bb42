import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SecretBox } from '../../platform/index.js';
import { isTrailMac } from '../chain/chain-keys.js';
import { rowsOf, textOf, valuesOf } from '../chain/raw-rows.js';
import { RecordQueue } from '../calls/record-queue.js';
import { TRAIL_COLUMNS } from './trail-columns.js';

/** How long after a change it is sealed, ms: its transaction has ended by then, as a rule. */
const SOON_MS = 100;
const AT_ONCE = 100;

const UNSEALED = `SELECT ${TRAIL_COLUMNS.join(', ')}, mac FROM audit_event WHERE mark IS NULL AND mac IS NOT NULL AND id > ? ORDER BY id LIMIT ${AT_ONCE}`;

/**
 * Seals administrative changes into the chain, after the transactions that make them: a transaction that is rolled back
 * would leave a gap in the numbers. What a crash leaves unsealed is sealed at the next start.
 */
@Injectable()
export class TrailSealer {
  private readonly logger = new Logger('TrailSealer');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly queue: RecordQueue,
    private readonly database: DataSource,
    private readonly box: SecretBox,
  ) {}

  /** There is, or in a moment will be, a change to be sealed. */
  soon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.seal().catch((err: unknown) => this.logger.warn({ err }));
    }, SOON_MS).unref();
  }

  /** Seals everything that is durable now. @throws {AppError} `audit_unavailable` */
  async seal(): Promise<void> {
    while (this.running) await this.running;
    this.running = this.sealAll().finally(() => (this.running = undefined));
    await this.running;
  }

  /** In pages: one that we did not write stays unsealed, for `audit:verify` to name. */
  private async sealAll(): Promise<void> {
    const query = this.database.query.bind(this.database);
    for (let last = ''; ;) {
      const rows = await rowsOf(query, UNSEALED, [last]);
      const changes = rows.map((row) => ({ id: textOf(row, 'id'), values: valuesOf(row, TRAIL_COLUMNS), row }));
      const ours = changes.filter(({ values, row }) => isTrailMac(this.box, values, textOf(row, 'mac')));
      if (ours.length < rows.length) this.logger.error('The trail holds changes that Gatehouse did not write');
      await Promise.all(ours.map(({ id, values }) => this.queue.add({ event: 'trail', id, values })));
      if (rows.length < AT_ONCE) return;
      last = changes.at(-1)?.id ?? '';
    }
  }
}
