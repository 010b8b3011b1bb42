import { Injectable } from '@nestjs/common';
import { AppError, Clock, RequestContext, Scrubber, SecretBox } from '../platform/index.js';
import { LanguageModels } from './language-models.js';
import type { LlmTestResult } from './llm-provider.dto.js';
import { LlmProviderStore } from './llm-provider.store.js';
import { modelFailure } from './model-failure.js';
import { keyPlace } from './provider-key.js';

const PROBE_TIMEOUT_MS = 30_000;

/** Asks a provider for one word, to see whether address, key and model are right. Works for disabled ones too. */
@Injectable()
export class ProviderProbe {
  constructor(
    private readonly store: LlmProviderStore,
    private readonly models: LanguageModels,
    private readonly box: SecretBox,
    private readonly scrubber: Scrubber,
    private readonly clock: Clock,
  ) {}

  /** @throws {AppError} `not_found`; everything that the provider does wrong is a result */
  async test(providerId: string): Promise<LlmTestResult> {
    const row = await this.store.get(providerId);
    const startedMs = this.clock.monotonicMs();
    try {
      const { generateText } = await import('ai');
      const apiKey = row.sealedKey === null ? undefined : this.box.open(row.sealedKey, keyPlace(row.id));
      await generateText({
        model: await this.models.open({ ...row, apiKey }),
        prompt: 'Answer with the single word: ready',
        maxOutputTokens: 16,
        maxRetries: 0,
        abortSignal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
      });
      return { ok: true, durationMs: this.since(startedMs) };
    } catch (thrown) {
      return { ok: false, durationMs: this.since(startedMs), error: this.explain(await modelFailure(thrown, true)) };
    }
  }

  private explain(error: AppError): NonNullable<LlmTestResult['error']> {
    const { message, remedy } = error.text(RequestContext.current().language);
    return { code: error.code, message: this.scrubber.clean(message), remedy };
  }

  private since(startedMs: number): number {
    return Math.round(this.clock.monotonicMs() - startedMs);
  }
}
