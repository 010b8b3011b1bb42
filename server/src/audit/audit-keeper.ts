import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Checkpointer } from './chain/checkpointer.js';
import { RecordQueue } from './calls/record-queue.js';
import { Retention } from './retention/retention.js';
import { TrailSealer } from './trail/trail-sealer.js';

/** How often a checkpoint is signed while there is traffic, ms. */
const CHECKPOINT_EVERY_MS = 60_000;
/** How often it is looked whether changes wait to be sealed, ms. */
const SEAL_EVERY_MS = 5_000;
/** How often it is looked what has become too old, ms. */
const PRUNE_EVERY_MS = 30 * 60_000;

/** Does what the chain needs from time to time, at the start and at the end. */
@Injectable()
export class AuditKeeper implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly logger = new Logger('AuditKeeper');
  private timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly queue: RecordQueue,
    private readonly sealer: TrailSealer,
    private readonly checkpointer: Checkpointer,
    private readonly retention: Retention,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.sealer.seal();
    await this.quietly(() => this.checkpointer.sign());
    this.timers = [
      this.every(SEAL_EVERY_MS, () => this.sealer.seal()),
      this.every(CHECKPOINT_EVERY_MS, () => this.checkpointer.sign()),
      this.every(PRUNE_EVERY_MS, () => this.retention.prune()),
    ];
  }

  /** Not with the rest of the shutdown: what is signed last is stored, and the database is closed there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach((timer) => clearInterval(timer));
    await this.quietly(() => this.sealer.seal());
    await this.queue.idle();
    await this.quietly(() => this.checkpointer.sign());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.queue.idle();
    await this.queue.close();
  }

  private every(ms: number, work: () => Promise<unknown>): NodeJS.Timeout {
    return setInterval(() => void this.quietly(work), ms).unref();
  }

  /** The next time is soon; nothing is lost by a failure. */
  private async quietly(work: () => Promise<unknown>): Promise<void> {
    await work().catch((err: unknown) => this.logger.warn({ err }));
  }
}
