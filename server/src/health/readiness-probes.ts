import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, TypeOrmHealthIndicator, type HealthIndicatorFunction } from '@nestjs/terminus';
import { DataSource } from 'typeorm';
import { CallJournal } from '../audit/index.js';
import { DiskWatch, Lifecycle, MemoryWatch, RedisLink, takesCalls } from '../platform/index.js';

const DATABASE_PATIENCE_MS = 1_000;

/** What must work before traffic is sent here. */
@Injectable()
export class ReadinessProbes {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly typeorm: TypeOrmHealthIndicator,
    private readonly database: DataSource,
    private readonly journal: CallJournal,
    private readonly lifecycle: Lifecycle,
    private readonly redis: RedisLink,
    private readonly memory: MemoryWatch,
    private readonly disk: DiskWatch,
  ) {}

  all(): HealthIndicatorFunction[] {
    return [
      () => this.typeorm.pingCheck('database', { timeout: DATABASE_PATIENCE_MS }),
      async () => {
        const pending = await this.database.showMigrations();
        const check = this.indicators.check('migrations');
        return pending ? check.down() : check.up();
      },
      () => {
        const check = this.indicators.check('auditWriter');
        return this.journal.isHealthy() ? check.up() : check.down();
      },
      () => {
        const check = this.indicators.check('lifecycle');
        return this.lifecycle.current === 'serving' ? check.up() : check.down({ phase: this.lifecycle.current });
      },
      () => {
        const check = this.indicators.check('memory');
        const { level, use } = this.memory;
        const told = { level, use: Math.round(use * 100) / 100 };
        return takesCalls(level) ? check.up(told) : check.down(told);
      },
      // Worth knowing, but as long as records can be written no reason to send traffic elsewhere.
      () => this.indicators.check('disk').up({ reserve: this.disk.reserve, ...this.disk.room }),
      // Nor is this: everything that uses it has another way.
      () => this.indicators.check('redis').up({ state: this.redis.state }),
    ];
  }
}
