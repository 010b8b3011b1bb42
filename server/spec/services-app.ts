import type { AddressInfo } from 'node:net';
import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { ApiCaller, type TestDatabase } from '@gatehouse/testing';
import { MIGRATIONS } from '../../migrations/index.js';
import { AuditModule } from '../src/audit/index.js';
import { AuthModule, SetupGate } from '../src/auth/index.js';
import { ENTITIES } from '../src/entities.js';
import { LimitsModule } from '../src/limits/index.js';
import { PlatformModule, Scrubber, readConfig } from '../src/platform/index.js';
import { ServicesModule } from '../src/services/index.js';
import { OWNER, newDatabase } from './auth-app.js';

export interface ServicesApp {
  url: string;
  app: NestExpressApplication;
  /** The owner, signed in; on a second start only with `signIn`. */
  owner(): Promise<ApiCaller>;
  signIn(email: string, password: string): Promise<ApiCaller>;
  /** Creates a user with these roles and signs them in. */
  person(owner: ApiCaller, email: string, roles?: string[]): Promise<{ id: string; caller: ApiCaller }>;
  close(): Promise<void>;
}

const PASSWORD = 'a password of ours';

/** The modules up to `services` and the limits, with the real trail, over HTTP. */
export async function startServicesApp(
  options: { database?: TestDatabase; environment?: Record<string, string>; modules?: Type[] } = {},
): Promise<ServicesApp> {
  const database = options.database ?? (await newDatabase());
  const environment = { GATEHOUSE_DATA_DIR: database.dataDir, ...options.environment };
  const config = { ...readConfig(environment), databaseUrl: database.databaseUrl };
  const platform = PlatformModule.forRoot({
    config,
    scrubber: new Scrubber(),
    entities: ENTITIES,
    migrations: MIGRATIONS,
  });
  const testing = await Test.createTestingModule({
    imports: [platform, AuthModule, AuditModule, ServicesModule, LimitsModule, ...(options.modules ?? [])],
  }).compile();
  const app = testing.createNestApplication<NestExpressApplication>({ logger: false, bodyParser: false });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const signIn = async (email: string, password: string): Promise<ApiCaller> => {
    const caller = new ApiCaller(url);
    await caller.login(email, password);
    return caller;
  };
  return {
    url,
    app,
    signIn,
    owner: async () => {
      const caller = new ApiCaller(url);
      await caller.setUp(app.get(SetupGate).link(url) ?? '', OWNER);
      return caller;
    },
    person: async (owner, email, roles = ['member']) => {
      const draft = { email, displayName: email, password: PASSWORD, roles };
      const { id } = await owner.call<{ id: string }>('POST', '/api/users', draft);
      return { id, caller: await signIn(email, PASSWORD) };
    },
    close: async () => {
      await app.close();
      if (!options.database) await database.drop();
    },
  };
}
