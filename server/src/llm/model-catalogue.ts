import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { EventBus, Scrubber, SecretBox, type Unsubscribe } from '../platform/index.js';
import './events.js';
import type { LlmKind } from './llm-kind.js';
import type { LlmProviderRow } from './llm-provider.entity.js';
import { LlmProviderStore } from './llm-provider.store.js';
import { keyPlace } from './provider-key.js';

/** A model that can be used now, with all that calling it takes. */
export interface ModelEntry {
  /** `<providerId>:<model>`. */
  readonly id: string;
  readonly providerId: string;
  readonly kind: LlmKind;
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly model: string;
  /** Name of the provider and the model, for people. */
  readonly label: string;
  readonly contextTokens: number;
  readonly isDefault: boolean;
}

/** The usable models, in memory; read again whenever a provider changes. */
@Injectable()
export class ModelCatalogue implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('ModelCatalogue');
  private entries: readonly ModelEntry[] = [];
  private unsubscribe: Unsubscribe | undefined;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: LlmProviderStore,
    private readonly box: SecretBox,
    private readonly scrubber: Scrubber,
    private readonly bus: EventBus,
  ) {}

  async onModuleInit(): Promise<void> {
    this.unsubscribe = this.bus.subscribe('llm.changed', () => this.refresh());
    await this.refresh();
  }

  onModuleDestroy(): void {
    this.unsubscribe?.();
  }

  /** The default first. */
  list(): readonly ModelEntry[] {
    return this.entries;
  }

  /** The model of that id, or of that provider where only the provider is named; undefined when it cannot be used. */
  find(modelId: string): ModelEntry | undefined {
    return (
      this.entries.find((entry) => entry.id === modelId) ?? this.entries.find((entry) => entry.providerId === modelId)
    );
  }

  /** The one to use where nobody chose; undefined when none is configured. */
  default(): ModelEntry | undefined {
    return this.entries[0];
  }

  /** Reads the providers again; readings follow one another, so that an older one never wins. */
  refresh(): Promise<void> {
    this.reading = this.reading.then(() => this.read());
    return this.reading;
  }

  private async read(): Promise<void> {
    try {
      const rows = await this.store.enabled();
      // Without a chosen default the oldest provider serves as one.
      const chosen = rows.find((row) => row.isDefault) ?? rows[0];
      const ordered = chosen ? [chosen, ...rows.filter((row) => row !== chosen)] : [];
      this.entries = ordered.flatMap((row) => this.entriesOf(row, row === chosen));
    } catch (err) {
      this.logger.error({ err, msg: 'The providers could not be read; the models stay as they were.' });
    }
  }

  /** None when the key cannot be opened: the other providers stay usable. */
  private entriesOf(row: LlmProviderRow, isDefault: boolean): ModelEntry[] {
    let apiKey: string | undefined;
    try {
      apiKey = this.keyOf(row);
    } catch (err) {
      this.logger.error({ err, msg: 'A provider is left out.', provider: row.name });
      return [];
    }
    return row.models.map((model) => ({
      id: `${row.id}:${model}`,
      providerId: row.id,
      kind: row.kind,
      baseUrl: row.baseUrl,
      apiKey,
      model,
      label: `${row.name} · ${model}`,
      contextTokens: row.contextTokens,
      isDefault: isDefault && model === row.model,
    }));
  }

  private keyOf(row: LlmProviderRow): string | undefined {
    if (row.sealedKey === null) return undefined;
    const key = this.box.open(row.sealedKey, keyPlace(row.id));
    this.scrubber.learn(key);
    return key;
  }
}
