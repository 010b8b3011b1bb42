import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppError } from '../../platform/index.js';
import { Serial } from '../../services/index.js';
import type { TokenCounts } from './token-worker.js';

/** Built code runs as .js; tests run the sources. */
const PROGRAM = new URL(`./token-worker${extname(import.meta.url)}`, import.meta.url);
const RESOURCES = { maxOldGenerationSizeMb: 256, stackSizeMb: 4 };
/** For all texts of one question, loading included. */
const DEADLINE_MS = 30_000;
/** Nobody asked for so long: the thread ends and gives its memory back. */
const IDLE_MS = 60_000;
/** Remembered counts; some 2 MB. */
const MOST_COUNTS = 20_000;
/** Longer texts are counted up to here, characters. */
const LONGEST_TEXT = 200_000;

/** Counts the tokens of texts as current models of OpenAI do (o200k); those of other models differ by a tenth or two. Counts are remembered. */
@Injectable()
export class TokenCounter implements OnModuleDestroy {
  private readonly counts = new Map<string, number>();
  private readonly serial = new Serial();
  private worker: Worker | undefined;
  private idle: NodeJS.Timeout | undefined;

  async onModuleDestroy(): Promise<void> {
    await this.stop();
  }

  /**
   * @returns one number per text, in their order
   * @throws {AppError} `internal` when counting takes too long
   */
  count(texts: readonly string[]): Promise<TokenCounts> {
    return this.serial.run(async () => {
      const keyed = texts.map((text) => ({ text: text.slice(0, LONGEST_TEXT), key: keyOf(text) }));
      const unknown = [...new Map(keyed.map((each) => [each.key, each])).values()].filter(
        ({ key }) => !this.counts.has(key),
      );
      if (this.counts.size + unknown.length > MOST_COUNTS) this.counts.clear();
      const fresh = unknown.length > 0 ? await this.ask(unknown.map(({ text }) => text)) : [];
      const counted = new Map(unknown.map(({ key }, at) => [key, fresh[at] ?? 0]));
      for (const [key, count] of counted) this.counts.set(key, count);
      return keyed.map(({ key }) => counted.get(key) ?? this.counts.get(key) ?? 0);
    });
  }

  private async ask(texts: readonly string[]): Promise<TokenCounts> {
    clearTimeout(this.idle);
    this.worker ??= this.start();
    const { worker } = this;
    try {
      worker.postMessage(texts);
      const [counts] = (await once(worker, 'message', { signal: AbortSignal.timeout(DEADLINE_MS) })) as [TokenCounts];
      this.idle = setTimeout(() => void this.stop(), IDLE_MS).unref();
      return counts;
    } catch (cause) {
      await this.stop();
      throw new AppError('internal', { cause });
    }
  }

  private start(): Worker {
    const worker = new Worker(PROGRAM, { name: 'token-counter', resourceLimits: RESOURCES, env: {}, execArgv: [] });
    worker.unref();
    return worker;
  }

  private async stop(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}

const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64');
