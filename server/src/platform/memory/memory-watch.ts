import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Gauge } from 'prom-client';
import { AppError } from '../errors/app-error.js';
import { Metrics } from '../telemetry/metrics.js';
import type { MemorySource } from './memory-use.js';
import { PRESSURE_LEVELS, beginsWork, nextLevel, type PressureLevel } from './pressure.js';

/** How often it is looked, ms. */
const LOOK_EVERY_MS = 250;
/** While memory is short, or looks so, what is in use is told from garbage so often, ms. */
const TELL_EVERY_MS = 5_000;
/** When to come back, at least and at most, s: whoever was turned away together must not come back together. */
const COME_BACK_SECONDS = [5, 15] as const;

const LEVELS_IN_WORDS = `How short of memory the process is: ${PRESSURE_LEVELS.map((name, at) => `${at} ${name}`).join(', ')}`;

/** Knows how short of memory the process is, and turns away what it may not begin. */
@Injectable()
export class MemoryWatch implements OnModuleDestroy {
  private readonly logger = new Logger('Memory');
  private readonly useGauge: Gauge;
  private readonly levelGauge: Gauge;
  private readonly timer: NodeJS.Timeout;
  private now: PressureLevel = 'none';
  private used = 0;
  private askedAtMs = -Infinity;

  constructor(
    private readonly source: MemorySource,
    metrics: Metrics,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    const registers = [metrics.registry];
    this.useGauge = new Gauge({
      name: 'gatehouse_memory_use_ratio',
      help: 'Memory in use of what there is',
      registers,
    });
    this.levelGauge = new Gauge({ name: 'gatehouse_memory_pressure', help: LEVELS_IN_WORDS, registers });
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
    this.source.stop();
  }

  get level(): PressureLevel {
    return this.now;
  }

  /** Part of the memory, 0 to 1. */
  get use(): number {
    return this.used;
  }

  /** @throws {AppError} `memory_short` where nothing long may be begun */
  demandRoom(): void {
    if (!beginsWork(this.now)) throw memoryShort();
  }

  look(): void {
    this.used = this.source.use();
    const next = nextLevel(this.now, this.used);
    if (next !== this.now) {
      this.logger.warn({ msg: `Memory is ${Math.round(this.used * 100)} % in use: ${next}`, was: this.now, is: next });
      this.now = next;
    }
    this.useGauge.set(this.used);
    this.levelGauge.set(PRESSURE_LEVELS.indexOf(next));
    // V8 by itself would let garbage grow until there is no room for a burst.
    if (nextLevel(next, this.source.fill()) !== 'none') this.tellFromGarbage();
  }

  private tellFromGarbage(): void {
    const nowMs = this.nowMs();
    if (nowMs - Math.max(this.source.knownAtMs, this.askedAtMs) < TELL_EVERY_MS) return;
    this.askedAtMs = nowMs;
    this.source.collect();
  }
}

export function memoryShort(): AppError {
  const [least, most] = COME_BACK_SECONDS;
  return new AppError('memory_short', { details: { seconds: least + Math.floor(Math.random() * (most - least + 1)) } });
}
