import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.token.js';

const COMMAND_TIMEOUT_MS = 200;
/** A server that stopped answering is left after this long, so that not every command waits for it. */
const SILENCE_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;
const RETRY = { firstMs: 50, longestMs: 2_000 };
const KEY_PREFIX = 'gatehouse:';

/** `off`: nobody configured one. `away`: commands are refused at once, and the connection is being tried again. */
export type RedisState = 'off' | 'ready' | 'away';

/**
 * The connection to Redis, which the product uses when it is there and never needs: every value in it may vanish at any
 * moment. A command fails after 200 ms, and at once while there is no connection; whoever sends one has another way.
 * Keys get the prefix `gatehouse:` by themselves.
 */
@Injectable()
export class RedisLink implements OnApplicationShutdown {
  private readonly logger = new Logger('Redis');
  /** Undefined without `REDIS_URL`. */
  readonly client: Redis | undefined;
  private wasReady: boolean | undefined;

  constructor(@Inject(CONFIG) { redisUrl }: Pick<Config, 'redisUrl'>) {
    if (redisUrl === undefined) return;
    this.client = new Redis(redisUrl, {
      keyPrefix: KEY_PREFIX,
      connectionName: 'gatehouse',
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      socketTimeout: SILENCE_MS,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: retryAfterMs,
    });
    this.client.on('ready', () => this.tell(true));
    // Without a listener an error of the connection would end the process.
    this.client.on('error', (err: unknown) => this.tell(false, err));
    this.client.on('close', () => this.tell(false));
  }

  get state(): RedisState {
    if (!this.client) return 'off';
    return this.client.status === 'ready' ? 'ready' : 'away';
  }

  onApplicationShutdown(): void {
    this.client?.removeAllListeners('close');
    this.client?.disconnect();
  }

  /** Once for each change: an outage is tried again for ever, and must not fill the log. */
  private tell(isReady: boolean, err?: unknown): void {
    if (this.wasReady === isReady) return;
    this.wasReady = isReady;
    if (isReady) this.logger.log('Redis is there.');
    else this.logger.warn({ err, msg: 'Redis is away: limits and caches are kept in this process until it is back.' });
  }
}

/** Doubles up to 2 s, with up to half of it by chance, so that replicas do not all come back in one moment. */
export function retryAfterMs(times: number, chance = Math.random()): number {
  const delayMs = Math.min(RETRY.longestMs, RETRY.firstMs * 2 ** Math.min(times, 10));
  return Math.round(delayMs * (0.5 + chance / 2));
}
