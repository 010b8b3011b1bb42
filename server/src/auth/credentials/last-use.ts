import { Injectable, Logger, type BeforeApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryDeepPartialEntity,
} from 'typeorm';
import { Clock } from '../../platform/index.js';
import { ApiKeyRecord } from '../api-keys/api-key.entity.js';
import { EmbedAppRecord } from '../embed/embed.entity.js';
import { SessionRecord } from '../sessions/session.entity.js';
import { UserRecord } from '../users/user.entity.js';

const EVERY_MS = 60_000;

type Used = 'user' | 'session' | 'api-key' | 'embed-app';

/** Remembers when something was last used and writes it down once a minute, so that use itself costs no query. */
@Injectable()
export class LastUse implements OnModuleInit, BeforeApplicationShutdown {
  private readonly logger = new Logger('LastUse');
  private readonly pending = {
    user: new Map<string, Date>(),
    session: new Map<string, Date>(),
    'api-key': new Map<string, Date>(),
    'embed-app': new Map<string, Date>(),
  } satisfies Record<Used, Map<string, Date>>;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.flushQuietly(), EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flushQuietly();
  }

  note(kind: Used, id: string): void {
    this.pending[kind].set(id, this.clock.now());
  }

  /** Writes what came together since the last time. */
  async flush(): Promise<void> {
    const taken = this.take();
    if (taken.length === 0) return;
    await this.source.transaction(async (manager) => {
      for (const { kind, id, at } of taken) await WRITE[kind](manager, id, at);
    });
  }

  private take(): { kind: Used; id: string; at: Date }[] {
    const kinds = Object.keys(this.pending) as Used[];
    return kinds.flatMap((kind) => {
      const uses = [...this.pending[kind]].map(([id, at]) => ({ kind, id, at }));
      this.pending[kind].clear();
      return uses;
    });
  }

  /** A lost "last used" is not worth failing anything for. */
  private async flushQuietly(): Promise<void> {
    await this.flush().catch((err: unknown) => this.logger.warn({ err, msg: 'could not write last uses' }));
  }
}

const set =
  <E extends ObjectLiteral & { id: string }>(entity: EntityTarget<E>, patch: (at: Date) => QueryDeepPartialEntity<E>) =>
  async (manager: EntityManager, id: string, at: Date): Promise<void> => {
    await manager.update(entity, id, patch(at));
  };

const WRITE: Record<Used, (manager: EntityManager, id: string, at: Date) => Promise<void>> = {
  user: set(UserRecord, (lastSeenAt) => ({ lastSeenAt })),
  session: set(SessionRecord, (lastSeenAt) => ({ lastSeenAt })),
  'api-key': set(ApiKeyRecord, (lastUsedAt) => ({ lastUsedAt })),
  'embed-app': set(EmbedAppRecord, (lastUsedAt) => ({ lastUsedAt })),
};
