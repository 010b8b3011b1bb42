import { testDatabases, type TestDatabase } from '@gatehouse/testing';
import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { MIGRATIONS } from '../../../migrations/index.js';
import { ENTITIES } from '../entities.js';
import {
  AdminTrail,
  Clock,
  InProcessEventBus,
  Scrubber,
  SecretBox,
  createDataSource,
  migrate,
  type AdminChange,
} from '../platform/index.js';
import type { LlmProviderDraft } from './llm-provider.dto.js';
import { LlmProviderRow } from './llm-provider.entity.js';
import { LlmProviderRegistrar } from './llm-provider-registrar.js';
import { LlmProviderStore } from './llm-provider.store.js';
import { ModelCatalogue } from './model-catalogue.js';

class TrailInMemory extends AdminTrail {
  readonly changes: AdminChange[] = [];
  failing = false;

  async record(_manager: EntityManager, change: AdminChange): Promise<void> {
    if (this.failing) throw new Error('The trail cannot be written.');
    this.changes.push(change);
  }
}

const draft = (rest: Partial<LlmProviderDraft> = {}): LlmProviderDraft => ({
  name: 'Local',
  kind: 'openai-compatible',
  baseUrl: 'https://llm.example.com/v1',
  model: 'small',
  apiKey: 'sk-canary-0123456789',
  ...rest,
});

describe.each(testDatabases())('providers on $name', ({ create }) => {
  let database: TestDatabase;
  let source: DataSource;
  let store: LlmProviderStore;
  let registrar: LlmProviderRegistrar;
  let catalogue: ModelCatalogue;
  let trail: TrailInMemory;
  const box = new SecretBox({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) });

  beforeAll(async () => {
    Logger.overrideLogger(false);
    database = await create();
    source = await createDataSource({ ...database, entities: ENTITIES, migrations: MIGRATIONS }).initialize();
    await migrate(source);
  });

  beforeEach(async () => {
    await source.getRepository(LlmProviderRow).clear();
    const bus = new InProcessEventBus();
    trail = new TrailInMemory();
    store = new LlmProviderStore(source.getRepository(LlmProviderRow), new Clock());
    registrar = new LlmProviderRegistrar(source, store, box, trail, bus);
    catalogue = new ModelCatalogue(store, box, new Scrubber(), bus);
    await catalogue.onModuleInit();
  });

  afterEach(() => catalogue.onModuleDestroy());

  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  const add = (rest: Partial<LlmProviderDraft> = {}) => registrar.create(draft(rest), 'installation');
  const change = (row: LlmProviderRow, rest: object) =>
    registrar.update(row.id, { version: row.version, ...rest }, 'installation');

  it('keeps the key sealed in the row and out of the trail', async () => {
    const row = await add();
    const stored = JSON.stringify(await source.query('SELECT * FROM llm_provider'));
    expect(stored).not.toContain('canary');
    expect(JSON.stringify(trail.changes)).not.toContain('canary');
    expect(trail.changes).toMatchObject([{ action: 'llm-provider.create', target: { id: row.id } }]);
  });

  it('makes the first provider the default, and keeps to one default', async () => {
    expect((await add()).isDefault).toBe(true);
    const second = await add({ name: 'Second', isDefault: true });
    const defaults = (await store.page(50, undefined)).items.filter((row) => row.isDefault);
    expect(defaults.map((row) => row.id)).toEqual([second.id]);
  });

  it('offers a new model at once, the default first', async () => {
    await add({ models: ['large'] });
    const second = await add({ name: 'Second', isDefault: true });
    await catalogue.refresh();
    expect(catalogue.list().map(({ label }) => label)).toEqual(['Second · small', 'Local · small', 'Local · large']);
    expect(catalogue.default()).toMatchObject({
      providerId: second.id,
      apiKey: 'sk-canary-0123456789',
      isDefault: true,
    });
    expect(catalogue.find(second.id)?.model).toBe('small');
  });

  it('offers nothing of a provider that is switched off', async () => {
    await change(await add(), { enabled: false });
    await catalogue.refresh();
    expect(catalogue.list()).toEqual([]);
  });

  it('refuses a change that is based on an older version', async () => {
    const row = await add();
    await change(row, { model: 'large' });
    await expect(change(row, { model: 'tiny' })).rejects.toMatchObject({ code: 'stale_version' });
    expect((await store.get(row.id)).model).toBe('large');
  });

  it('refuses a name that is taken', async () => {
    await add();
    await expect(add()).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each([
    ['dots', '••••', true],
    ['nothing', undefined, true],
    ['an empty text', '', false],
  ])('given %s as key, keeps it: %s', async (_, apiKey, kept) => {
    const row = await add();
    const after = await change(row, { apiKey, model: 'large' });
    expect(after.sealedKey !== null).toBe(kept);
  });

  it('does not send a stored key to another server', async () => {
    const row = await add();
    const elsewhere = { baseUrl: 'https://evil.example.com/v1' };
    await expect(change(row, elsewhere)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'apiKey' }],
    });
    await expect(change(row, { ...elsewhere, apiKey: 'sk-another-0123' })).resolves.toMatchObject(elsewhere);
    await expect(change(await store.get(row.id), { baseUrl: 'https://evil.example.com/v2' })).resolves.toBeDefined();
  });

  it('changes nothing when the trail cannot be written', async () => {
    trail.failing = true;
    await expect(add()).rejects.toThrow();
    expect((await store.page(50, undefined)).items).toEqual([]);
  });

  it('leaves out a provider whose key cannot be opened, and offers the rest', async () => {
    const broken = await add();
    await add({ name: 'Second' });
    await source.getRepository(LlmProviderRow).update(broken.id, { sealedKey: 'v1.k1.AAAA.AAAA' });
    await catalogue.refresh();
    expect(catalogue.list().map(({ label }) => label)).toEqual(['Second · small']);
  });

  it('applies a declaration once', async () => {
    expect(await registrar.declare(draft())).toBe('created');
    expect(await registrar.declare(draft())).toBe('unchanged');
    expect(await registrar.declare(draft({ apiKey: 'sk-another-0123' }))).toBe('updated');
    expect(await registrar.declare(draft({ apiKey: 'sk-another-0123', baseUrl: 'https://new.example.com' }))).toBe(
      'updated',
    );
    expect(trail.changes.map(({ action, actor }) => [action, actor])).toEqual([
      ['llm-provider.create', null],
      ['llm-provider.update', null],
      ['llm-provider.update', null],
    ]);
  });

  it('lists by name, page by page', async () => {
    for (const name of ['b', 'a', 'c']) await add({ name });
    const first = await store.page(2, undefined);
    expect(first.items.map(({ name }) => name)).toEqual(['a', 'b']);
    const second = await store.page(2, first.nextCursor ?? '');
    expect(second).toMatchObject({ items: [{ name: 'c' }], nextCursor: null });
  });
});
