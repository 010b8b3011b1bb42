import { signal } from '@angular/core';
import {
  ApiError,
  type DraftGrant,
  type ImportChoice,
  type ImportEntry,
  type ImportResult,
  type Service,
  type ServicesApi,
  type TestReport,
} from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import type { ImportText } from './import-text';

/** What a person adds to an entry. */
export interface EntryNames {
  name: string;
  slug: string;
  zh: string;
  en: string;
}

/** What holds for all entries of one import. */
export interface ImportSettings {
  category: string;
  tags: string[];
  grants: DraftGrant[];
  /** Whether the services start switched on. */
  enabled: boolean;
}

/** One created service and how its first test went; neither report nor error: the test is under way. */
export interface CheckedService {
  service: Service;
  report?: TestReport;
  error?: ApiError;
}

type Api = Pick<ServicesApi, 'import' | 'change' | 'enable' | 'test' | 'remove'>;

/** Adds the entries of a text and tests each. The good ones stay; the others keep their reason, and the text. */
export class TextImport {
  private readonly results = signal<readonly CheckedService[]>([]);
  private readonly refused = signal<ImportResult['failed']>([]);
  private readonly entered = signal<Readonly<Record<string, Partial<EntryNames>>>>({});

  readonly deed = new Deed();
  readonly created = this.results.asReadonly();
  readonly failed = this.refused.asReadonly();

  constructor(
    private readonly api: Api,
    private readonly source: ImportText,
  ) {}

  /** The names of an entry: what was entered, else what the text says. */
  namesOf(entry: Pick<ImportEntry, 'key' | 'name' | 'draft'>): EntryNames {
    const { zh = '', en = '' } = entry.draft?.displayName ?? {};
    return { name: entry.name, slug: '', zh, en, ...this.entered()[entry.key] };
  }

  rename(key: string, change: Partial<EntryNames>): void {
    this.entered.update((names) => ({ ...names, [key]: { ...names[key], ...change } }));
  }

  /** @returns whether the server took the request; single entries may still have been refused. */
  async create(entries: readonly ImportEntry[], settings: ImportSettings): Promise<boolean> {
    const done = await this.deed.run(async () => {
      const choices = entries.map((entry) => this.choice(entry, settings));
      const result = await this.api.import({ text: this.source.text(), entries: choices });
      this.refused.set(result.failed);
      this.results.set(result.created.map((service) => ({ service })));
      if (result.failed.length === 0) this.source.clear();
      const names = entries.filter((entry) => !result.failed.some((failure) => failure.key === entry.key));
      await Promise.all(result.created.map((service, index) => this.finish(service, names[index], settings.enabled)));
    });
    return done || this.results().length > 0;
  }

  /** Tests a created service, again if need be. */
  async test(service: Service): Promise<void> {
    this.update(service, { report: undefined, error: undefined });
    try {
      this.update(service, { report: await this.api.test(service.id) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.update(service, { error });
    }
  }

  async testAll(): Promise<void> {
    await Promise.all(this.results().map(({ service }) => this.test(service)));
  }

  async remove(service: Service): Promise<void> {
    const done = await this.deed.run(() => this.api.remove(service.id));
    if (done) this.results.update((all) => all.filter((one) => one.service.id !== service.id));
  }

  async disable(service: Service): Promise<void> {
    await this.deed.run(async () => this.update(service, { service: await this.api.enable(service.id, false) }));
  }

  private choice(entry: ImportEntry, { category, tags, grants }: ImportSettings): ImportChoice {
    const { name, slug } = this.namesOf(entry);
    return {
      key: entry.key,
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(slug.trim() ? { slug: slug.trim() } : {}),
      ...(category.trim() ? { category: category.trim() } : {}),
      ...(tags.length ? { tags } : {}),
      accessControl: { grants },
    };
  }

  /** What the import itself cannot say: names in both languages, and switched off. */
  private async finish(service: Service, entry: ImportEntry | undefined, enabled: boolean): Promise<void> {
    const { zh, en } = entry ? this.namesOf(entry) : { zh: '', en: '' };
    let latest = service;
    if (zh.trim() || en.trim()) {
      const displayName = { ...(zh.trim() && { zh: zh.trim() }), ...(en.trim() && { en: en.trim() }) };
      latest = await this.api.change(service.id, { displayName, version: service.version });
    }
    if (!enabled) latest = await this.api.enable(service.id, false);
    this.update(service, { service: latest });
  }

  private update(service: Service, change: Partial<CheckedService>): void {
    this.results.update((all) => all.map((one) => (one.service.id === service.id ? { ...one, ...change } : one)));
  }
}
