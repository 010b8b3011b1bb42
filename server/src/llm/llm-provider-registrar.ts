import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { onTrail, type Actor } from '../auth/index.js';
import { AdminTrail, AppError, EventBus, SealBroken, SecretBox, type AdminChange } from '../platform/index.js';
import './events.js';
import type { LlmProviderChange, LlmProviderDraft } from './llm-provider.dto.js';
import type { LlmProviderRow } from './llm-provider.entity.js';
import { LlmProviderStore, type ProviderValues } from './llm-provider.store.js';
import { keyChange, keyPlace, wouldLeakKey } from './provider-key.js';

/** How many tokens fit a model when nobody says otherwise. */
const DEFAULT_CONTEXT_TOKENS = 32_000;

/** Adds, changes and removes providers: each with its row on the trail, and told to everybody. */
@Injectable()
export class LlmProviderRegistrar {
  constructor(
    private readonly source: DataSource,
    private readonly store: LlmProviderStore,
    private readonly box: SecretBox,
    private readonly trail: AdminTrail,
    private readonly bus: EventBus,
  ) {}

  /**
   * The first provider becomes the default.
   *
   * @throws {AppError} `conflict` for a name that is taken
   */
  async create(draft: LlmProviderDraft, actor: Actor): Promise<LlmProviderRow> {
    const id = randomUUID();
    const row = await this.source.transaction(async (manager) => {
      const isDefault = (draft.isDefault ?? false) || (await this.store.countIn(manager)) === 0;
      if (isDefault) await this.store.clearDefault(manager);
      const inserted = await this.store.insert(manager, { ...this.valuesOf(draft, id), isDefault }, id);
      await this.trail.record(manager, change('llm-provider.create', inserted, actor, visible(inserted)));
      return inserted;
    });
    this.bus.publish('llm.changed', { providerId: id });
    return row;
  }

  /** @throws {AppError} `not_found`, `stale_version`, `conflict`, or `validation_failed` where a key must be entered again */
  async update(id: string, draft: LlmProviderChange, actor: Actor): Promise<LlmProviderRow> {
    const before = await this.store.get(id);
    if (before.version !== draft.version) throw new AppError('stale_version');
    const after = this.applied(before, draft);
    const row = await this.source.transaction(async (manager) => {
      if (after.isDefault && !before.isDefault) await this.store.clearDefault(manager);
      const updated = await this.store.update(manager, after, draft.version);
      await this.trail.record(manager, change('llm-provider.update', updated, actor, difference(before, updated)));
      return updated;
    });
    this.bus.publish('llm.changed', { providerId: id });
    return row;
  }

  /** @throws {AppError} `not_found` */
  async remove(id: string, actor: Actor): Promise<void> {
    const row = await this.store.get(id);
    await this.source.transaction(async (manager) => {
      await this.store.delete(manager, id);
      await this.trail.record(manager, change('llm-provider.delete', row, actor, {}));
    });
    this.bus.publish('llm.changed', { providerId: id });
  }

  /** Makes the provider of that name as a declaration file says; the same declaration twice changes nothing. */
  async declare(draft: LlmProviderDraft): Promise<'created' | 'updated' | 'unchanged'> {
    const row = await this.store.findByName(draft.name);
    if (!row) {
      await this.create(draft, 'installation');
      return 'created';
    }
    const wanted = { ...draft, models: draft.models ?? [], apiKey: draft.apiKey ?? '', version: row.version };
    const after = this.applied(row, wanted);
    // Sealing the same key twice gives two texts; only an opened one can be compared.
    if (this.isKeyOf(row, wanted.apiKey)) after.sealedKey = row.sealedKey;
    if (Object.keys(difference(row, after)).length === 0) return 'unchanged';
    await this.update(row.id, wanted, 'installation');
    return 'updated';
  }

  private isKeyOf(row: LlmProviderRow, key: string): boolean {
    if (row.sealedKey === null) return false;
    try {
      return this.box.open(row.sealedKey, keyPlace(row.id)) === key;
    } catch (error) {
      // A key that cannot be opened any more is replaced by the declared one.
      if (error instanceof SealBroken) return false;
      throw error;
    }
  }

  private valuesOf(draft: LlmProviderDraft, id: string): ProviderValues {
    const key = keyChange(draft.apiKey);
    return {
      name: draft.name,
      kind: draft.kind,
      baseUrl: draft.baseUrl,
      model: draft.model,
      models: withModel(draft.models ?? [], draft.model),
      sealedKey: key.act === 'replace' ? this.box.seal(key.key, keyPlace(id)) : null,
      isDefault: draft.isDefault ?? false,
      contextTokens: draft.contextTokens ?? DEFAULT_CONTEXT_TOKENS,
      enabled: draft.enabled ?? true,
    };
  }

  private applied(row: LlmProviderRow, draft: LlmProviderChange): LlmProviderRow {
    const { version: _, apiKey, models, ...rest } = draft;
    const set = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
    const next: LlmProviderRow = { ...row, ...set };
    const key = keyChange(apiKey);
    if (wouldLeakKey(row, next.baseUrl, key)) {
      const message = 'enter the key again: the address points to another server';
      throw new AppError('validation_failed', { fields: [{ path: 'apiKey', message }] });
    }
    next.models = withModel(models ?? row.models, next.model);
    if (key.act === 'remove') next.sealedKey = null;
    if (key.act === 'replace') next.sealedKey = this.box.seal(key.key, keyPlace(row.id));
    return next;
  }
}

const withModel = (models: readonly string[], model: string): string[] => [...new Set([model, ...models])];

/** What the trail may show: everything but the key. */
const visible = ({
  name,
  kind,
  baseUrl,
  model,
  models,
  isDefault,
  contextTokens,
  enabled,
  sealedKey,
}: LlmProviderRow) => ({
  name,
  kind,
  baseUrl,
  model,
  models,
  isDefault,
  contextTokens,
  enabled,
  hasKey: sealedKey !== null,
});

function difference(before: LlmProviderRow, after: LlmProviderRow): Record<string, unknown> {
  const [old, now]: Record<string, unknown>[] = [visible(before), visible(after)];
  const changed = Object.keys(now ?? {}).filter(
    (field) => JSON.stringify(old?.[field]) !== JSON.stringify(now?.[field]),
  );
  const keyReplaced = before.sealedKey !== after.sealedKey && after.sealedKey !== null && before.sealedKey !== null;
  return {
    ...Object.fromEntries(changed.map((field) => [field, { before: old?.[field], after: now?.[field] }])),
    ...(keyReplaced && { key: 'replaced' }),
  };
}

const change = (action: string, row: LlmProviderRow, actor: Actor, changes: Record<string, unknown>): AdminChange => ({
  action,
  actor: onTrail(actor),
  target: { kind: 'llm-provider', id: row.id, name: row.name },
  changes,
});
