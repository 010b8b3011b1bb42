import { Injectable } from '@nestjs/common';
import type { LanguageModel } from 'ai';
import { AppError, Egress } from '../platform/index.js';
import { ModelCatalogue, type ModelEntry } from './model-catalogue.js';

/** A model ready to be called, and what must be known to call it well. */
export interface ReadyModel {
  readonly model: LanguageModel;
  readonly label: string;
  readonly contextTokens: number;
}

/**
 * Turns a model's id into a model of the AI SDK whose every request leaves through `Egress`. The SDK is loaded when somebody
 * talks to a model: it takes 10 MB.
 */
@Injectable()
export class LanguageModels {
  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly egress: Egress,
  ) {}

  /**
   * @param modelId null for the default; an id that is gone falls back to the default too, so that old conversations go on
   * @throws {AppError} `model_not_configured`
   */
  async get(modelId: string | null): Promise<ReadyModel> {
    const entry = (modelId === null ? undefined : this.catalogue.find(modelId)) ?? this.catalogue.default();
    if (!entry) throw new AppError('model_not_configured');
    return { model: await this.open(entry), label: entry.label, contextTokens: entry.contextTokens };
  }

  /** The model of an entry that need not be in the catalogue. */
  async open(entry: Pick<ModelEntry, 'kind' | 'baseUrl' | 'apiKey' | 'model'>): Promise<LanguageModel> {
    // Egress answers with undici's Response, which is the platform's fetch in all but its type.
    const fetch = this.egress.fetch as unknown as typeof globalThis.fetch;
    switch (entry.kind) {
      case 'anthropic': {
        const { createAnthropic } = await import('@ai-sdk/anthropic');
        // An empty text instead of undefined: without a key the SDK would take one from this process's environment.
        return createAnthropic({ baseURL: entry.baseUrl, apiKey: entry.apiKey ?? '', fetch })(entry.model);
      }
      case 'openai-compatible': {
        const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
        return createOpenAICompatible({
          name: 'openai-compatible',
          baseURL: entry.baseUrl,
          ...(entry.apiKey !== undefined && { apiKey: entry.apiKey }),
          includeUsage: true,
          fetch,
        })(entry.model);
      }
    }
  }
}
