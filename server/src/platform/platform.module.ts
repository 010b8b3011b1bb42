import { Global, Module, type DynamicModule, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { Clock } from './clock.js';
import type { Config } from './config/config.js';
import { CONFIG } from './config/config.token.js';
import { contextMiddleware } from './context/context.middleware.js';
import { isStillStarting } from './database/errors.js';
import { createDataSource, hasEmbeddedDatabase } from './database/data-source.js';
import { migrate } from './database/migrate.js';
import { readRoom } from './disk/disk-room.js';
import { DiskWatch } from './disk/disk-watch.js';
import { AddressPolicy } from './egress/address-policy.js';
import { Egress } from './egress/egress.js';
import { ErrorFilter } from './errors/error.filter.js';
import { validationPipe } from './errors/validation.pipe.js';
import { EventBus, InProcessEventBus } from './events/event-bus.js';
import { jsonBody } from './http/json-body.middleware.js';
import { Lifecycle } from './lifecycle.js';
import { OwnMemory } from './memory/memory-use.js';
import { MemoryWatch } from './memory/memory-watch.js';
import { loadKeyRing } from './secrets/key-ring.js';
import { RedisLink } from './redis/redis-link.js';
import { Scrubber } from './secrets/scrubber.js';
import { SecretBox } from './secrets/secret-box.js';
import { Metrics } from './telemetry/metrics.js';

export interface PlatformOptions {
  config: Config;
  scrubber: Scrubber;
  entities: DataSourceOptions['entities'];
  migrations: DataSourceOptions['migrations'];
}

/** What every module stands on. Global: nobody imports it, everybody injects from it. */
@Global()
@Module({})
export class PlatformModule implements NestModule {
  static forRoot({ config, scrubber, entities, migrations }: PlatformOptions): DynamicModule {
    // What an earlier start sealed, a new key would not open: asked before the database is made.
    const mayMakeKey = !config.production && !hasEmbeddedDatabase(config);
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            type: 'better-sqlite3',
            database: ':memory:',
            // A database that is still starting is worth waiting for; a schema that does not fit is not.
            toRetry: isStillStarting,
            retryAttempts: 20,
            retryDelay: 1_500,
          }),
          dataSourceFactory: async () => {
            const source = await createDataSource({ ...config, entities, migrations }).initialize();
            await migrate(source);
            return source;
          },
        }),
      ],
      providers: [
        Clock,
        Lifecycle,
        Egress,
        Metrics,
        RedisLink,
        {
          provide: MemoryWatch,
          useFactory: (metrics: Metrics) => new MemoryWatch(new OwnMemory(), metrics),
          inject: [Metrics],
        },
        {
          provide: DiskWatch,
          useFactory: (metrics: Metrics) => new DiskWatch(() => readRoom(config.dataDir), metrics),
          inject: [Metrics],
        },
        { provide: CONFIG, useValue: config },
        { provide: Scrubber, useValue: scrubber },
        { provide: EventBus, useClass: InProcessEventBus },
        { provide: AddressPolicy, useFactory: () => new AddressPolicy(config.egressAllow) },
        { provide: SecretBox, useFactory: () => new SecretBox(loadKeyRing(config.keyFile, mayMakeKey)) },
        { provide: APP_FILTER, useClass: ErrorFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
      exports: [
        Clock,
        DiskWatch,
        Lifecycle,
        Egress,
        MemoryWatch,
        Metrics,
        RedisLink,
        CONFIG,
        Scrubber,
        EventBus,
        SecretBox,
      ],
    };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(contextMiddleware, jsonBody).forRoutes('{*path}');
  }
}
