import type { AddressInfo } from 'node:net';
import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { ThrottlerStorage } from '@nestjs/throttler';
import { ApiCaller, testDatabases, type TestDatabase } from '@gatehouse/testing';
import { CreateAuthTables1764000001000 } from '../../migrations/1764000001000-create-auth-tables.js';
import { AUTH_ENTITIES, AuthModule, SetupGate } from '../src/auth/index.js';
import { AdminTrail, Clock, PlatformModule, Scrubber, readConfig, type AdminChange } from '../src/platform/index.js';
import { HandClock } from './hand-clock.js';

/** Keeps administrative changes in memory; `failNext` makes the next one fail, as a full database would. */
export class MemoryTrail extends AdminTrail {
  readonly changes: AdminChange[] = [];
  failNext = false;

  record(_: unknown, change: AdminChange): Promise<void> {
    if (this.failNext) {
      this.failNext = false;
      return Promise.reject(new Error('the trail is full'));
    }
    this.changes.push(change);
    return Promise.resolve();
  }

  get actions(): string[] {
    return this.changes.map((change) => change.action);
  }
}

export { HandClock };

export const OWNER = { email: 'owner@example.org', password: 'correct horse battery' };

export interface AuthApp {
  url: string;
  app: NestExpressApplication;
  clock: HandClock;
  trail: MemoryTrail;
  /** Nobody in particular. */
  anonymous(): ApiCaller;
  /** Completes the set-up and signs in as the owner. */
  owner(): Promise<ApiCaller>;
  signIn(email: string, password: string): Promise<ApiCaller>;
  close(): Promise<void>;
}

interface Options {
  /** Reuses what an earlier application left behind, as a second start does. */
  database?: TestDatabase;
  environment?: Record<string, string>;
  controllers?: Type[];
  /** Counts requests as in the product; off, so that a spec may send as many as it likes. */
  throttled?: boolean;
}

/** A database of its own for one spec. */
export async function newDatabase(): Promise<TestDatabase> {
  const [kind] = testDatabases();
  if (!kind) throw new Error('no database to test on');
  return kind.create();
}

/** The module `auth` on the platform, over HTTP, with a clock and a trail that the spec holds. */
export async function startAuthApp(options: Options = {}): Promise<AuthApp> {
  const database = options.database ?? (await newDatabase());
  const clock = new HandClock();
  const trail = new MemoryTrail();
  const environment = { GATEHOUSE_DATA_DIR: database.dataDir, ...options.environment };
  const config = { ...readConfig(environment), databaseUrl: database.databaseUrl };
  const building = Test.createTestingModule({
    imports: [
      PlatformModule.forRoot({
        config,
        scrubber: new Scrubber(),
        entities: AUTH_ENTITIES,
        migrations: [CreateAuthTables1764000001000],
      }),
      AuthModule,
      trailModule(trail),
    ],
    controllers: options.controllers ?? [],
  })
    .overrideProvider(Clock)
    .useValue(clock);
  if (!options.throttled) building.overrideProvider(ThrottlerStorage).useValue(COUNTS_NOTHING);
  const testing = await building.compile();
  const app = testing.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
  await app.listen(0, '127.0.0.1');
  app.getHttpServer().unref(); // A spec that failed before it closed the application must not keep the run alive.
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return {
    url,
    app,
    clock,
    trail,
    anonymous: () => new ApiCaller(url),
    owner: async () => {
      const caller = new ApiCaller(url);
      await caller.setUp(app.get(SetupGate).link(url) ?? '', OWNER);
      return caller;
    },
    signIn: async (email, password) => {
      const caller = new ApiCaller(url);
      await caller.login(email, password);
      return caller;
    },
    close: async () => {
      await app.close();
      if (!options.database) await database.drop();
    },
  };
}

const COUNTS_NOTHING: ThrottlerStorage = {
  increment: () => Promise.resolve({ totalHits: 1, timeToExpire: 0, isBlocked: false, timeToBlockExpire: 0 }),
};

@Global()
@Module({})
class TrailModule {}

const trailModule = (trail: MemoryTrail): DynamicModule => ({
  module: TrailModule,
  providers: [{ provide: AdminTrail, useValue: trail }],
  exports: [AdminTrail],
});
