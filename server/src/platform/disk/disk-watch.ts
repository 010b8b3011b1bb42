import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Gauge } from 'prom-client';
import type { Metrics } from '../telemetry/metrics.js';
import type { DiskRoom } from './disk-room.js';
import { nextReserve, type Reserve } from './reserve.js';

/** How often it is looked, ms. */
const LOOK_EVERY_MS = 15_000;

/** Knows how much room there is on the disk of the data folder, and says when it comes to an end. It refuses nothing. */
@Injectable()
export class DiskWatch implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Disk');
  private readonly freeGauge: Gauge;
  private readonly lowGauge: Gauge;
  private timer: NodeJS.Timeout | undefined;
  private now: Reserve = 'enough';
  private seen: DiskRoom | undefined;
  private looking: Promise<void> | undefined;
  private hasFailed = false;

  /** @param read rejects where that cannot be known */
  constructor(
    private readonly read: () => Promise<DiskRoom>,
    metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    this.freeGauge = new Gauge({
      name: 'gatehouse_disk_free_ratio',
      help: 'Part of the disk of the data folder that is free',
      registers,
    });
    this.lowGauge = new Gauge({
      name: 'gatehouse_disk_low',
      help: 'Whether the disk of the data folder is nearly full',
      registers,
    });
  }

  onModuleInit(): void {
    this.timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
    void this.look();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  get reserve(): Reserve {
    return this.now;
  }

  /** As last seen; undefined before, and where it cannot be known. */
  get room(): DiskRoom | undefined {
    return this.seen;
  }

  /** Does not throw. One look at a time: one at a network's file system may take for ever. */
  look(): Promise<void> {
    return (this.looking ??= this.lookNow().finally(() => (this.looking = undefined)));
  }

  private async lookNow(): Promise<void> {
    try {
      this.note(await this.read());
      this.hasFailed = false;
    } catch (error) {
      if (!this.hasFailed) this.logger.warn({ err: error, msg: 'How full the disk is cannot be seen' });
      this.hasFailed = true;
    }
  }

  private note(room: DiskRoom): void {
    this.seen = room;
    // A file system without a size is none that fills up.
    const freePart = room.totalBytes > 0 ? room.freeBytes / room.totalBytes : 1;
    const next = nextReserve(this.now, freePart);
    if (next !== this.now) this.tell(next, room, freePart);
    this.now = next;
    this.freeGauge.set(freePart);
    this.lowGauge.set(next === 'low' ? 1 : 0);
  }

  private tell(next: Reserve, room: DiskRoom, freePart: number): void {
    const percent = (freePart * 100).toFixed(1);
    const msg =
      next === 'low'
        ? `The disk of the data folder is nearly full: ${percent} % are free. Make room: what cannot be recorded is refused`
        : `There is room again on the disk of the data folder: ${percent} % are free`;
    this.logger.warn({ msg, ...room });
  }
}
