import { createHash, randomUUID } from 'node:crypto';
import { SealBroken, type RedisLink, type SecretBox } from '../../platform/index.js';
import { AnswerStore, STORE_LIMITS, type Look, type Place, type StoreLimits } from './answer-store.js';

/** Longer than the longest time of an answer: what was kept before an epoch is gone before the epoch is. */
const EPOCH_SECONDS = 2 * 86_400;

const NOTHING: Look = { found: undefined, epoch: '' };
/** Under it nothing is kept. */
const NO_EPOCH = '';

/**
 * Answers in Redis, for all replicas. An answer is sealed and bound to its key, and names the epochs of its section and tag
 * when it was asked for; forgetting is a new epoch. A Redis that is away, slow or holds something else is a miss.
 */
export class RedisAnswerStore extends AnswerStore {
  /** What is to be forgotten and could not be said yet: until then nothing of it is found. By the name of its epoch. */
  private readonly unsaid = new Set<string>();

  constructor(
    private readonly redis: NonNullable<RedisLink['client']>,
    private readonly box: SecretBox,
    private readonly limits: Pick<StoreLimits, 'answerBytes'> = STORE_LIMITS,
  ) {
    super();
  }

  override async look(place: Place): Promise<Look> {
    const epochs = epochsOf(place);
    try {
      for (const name of epochs) if (this.unsaid.has(name)) await this.begin(name);
      const [sealed, ...found] = await this.redis.mget(answerOf(place), ...epochs);
      const epoch = ['e', ...found.map((each) => each ?? '-')].join('/');
      return { found: sealed ? this.opened(sealed, place, epoch) : undefined, epoch };
    } catch {
      return NOTHING;
    }
  }

  override keep(place: Place, bytes: Buffer, ttlMs: number, epoch: string): void {
    if (bytes.length > this.limits.answerBytes || ttlMs < 1 || epoch === NO_EPOCH) return;
    const sealed = this.box.seal(`${epoch}\n${bytes.toString('utf8')}`, sealPlace(place));
    this.redis.set(answerOf(place), sealed, 'PX', Math.floor(ttlMs)).catch(() => undefined);
  }

  override forget(section: string, tag?: string): void {
    const name = epochOf(section, tag);
    this.unsaid.add(name);
    this.begin(name).catch(() => undefined);
  }

  /** @throws whatever Redis says; the epoch then stays unsaid */
  private async begin(name: string): Promise<void> {
    await this.redis.set(name, randomUUID(), 'EX', EPOCH_SECONDS);
    this.unsaid.delete(name);
  }

  private opened(sealed: string, place: Place, epoch: string): Buffer | undefined {
    try {
      const text = this.box.open(sealed, sealPlace(place));
      return text.startsWith(`${epoch}\n`) ? Buffer.from(text.slice(epoch.length + 1)) : undefined;
    } catch (error) {
      if (error instanceof SealBroken) return undefined;
      throw error;
    }
  }
}

const answerOf = ({ key }: Place): string => `answer:${key}`;
const sealPlace = ({ key }: Place): string => `answer:${key}:text`;

const epochsOf = ({ section, tag }: Place): string[] =>
  tag === undefined ? [epochOf(section)] : [epochOf(section), epochOf(section, tag)];

/** A tag may be as long as an address. */
const epochOf = (section: string, tag?: string): string =>
  tag === undefined
    ? `answer-epoch:${section}`
    : `answer-epoch:${section}:${createHash('sha256').update(tag).digest('base64url')}`;
