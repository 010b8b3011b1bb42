import { Injectable, computed, inject, signal } from '@angular/core';
import {
  ApiError,
  isAbort,
  servicesApi,
  type ImportChoice,
  type ImportPreview,
  type ImportResult,
  type Service,
  type TestReport,
} from '@gatehouse/api-client';
import { HTTP } from '../../api/http';
import { Session } from '../../session/session';
import { Deed } from '../../ui/deed';
import type { AudienceChoice } from '../form/audience';
import { emptyForm, type FormValues } from '../form/form-values';
import { formProblems, toDraft, toGrants } from '../form/service-draft';
import { ImportText } from './import-text';
import { importView, type EntryView } from './import-view';

/** Typing pauses this long before the text is looked at, ms. */
const PAUSE_MS = 350;

export type AddStep = 'source' | 'configure' | 'check';
export type AddWay = 'paste' | 'form';

/** What a person adds to a pasted entry. */
export interface EntryNames {
  name: string;
  zh: string;
  en: string;
}

/** One created service and how its first test went. */
export interface CheckedService {
  service: Service;
  report?: TestReport;
  error?: ApiError;
}

/** Adding services: from a text that may hold several, or one by form. */
@Injectable()
export class AddFlow {
  private readonly api = servicesApi(inject(HTTP));
  private readonly session = inject(Session);
  private readonly source = inject(ImportText);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private looking = new AbortController();

  readonly step = signal<AddStep>('source');
  readonly way = signal<AddWay>('paste');
  readonly deed = new Deed();

  // From a text
  readonly text = this.source.text;
  readonly busy = signal(false);
  private readonly preview = signal<ImportPreview | undefined>(undefined);
  readonly lookError = signal<ApiError | undefined>(undefined);
  readonly view = computed(() => this.preview() && importView(this.preview() as ImportPreview));
  private readonly dropped = signal<ReadonlySet<string>>(new Set());
  readonly selected = computed<ReadonlySet<string>>(
    () =>
      new Set(
        this.usable()
          .filter((entry) => !this.dropped().has(entry.key))
          .map((entry) => entry.key),
      ),
  );
  readonly chosen = computed(() => this.usable().filter((entry) => this.selected().has(entry.key)));
  readonly names = signal<Readonly<Record<string, EntryNames>>>({});
  readonly category = signal('');
  readonly tags = signal<string[]>([]);
  readonly failed = signal<ImportResult['failed']>([]);
  readonly created = signal<readonly CheckedService[]>([]);

  // By form
  readonly values = signal<FormValues>(emptyForm());
  readonly strict = signal(false);
  readonly report = signal<TestReport | undefined>(undefined);
  readonly testing = signal(false);

  readonly audience = signal<AudienceChoice>({ kind: 'me', groupIds: [] });

  /** Takes a changed text and looks at it when typing pauses. */
  write(text: string): void {
    this.source.set(text);
    clearTimeout(this.timer);
    this.looking.abort();
    this.timer = setTimeout(() => void this.look(), PAUSE_MS);
  }

  /** Asks the server what it understands; the text stays as it is, whatever the answer. */
  async look(): Promise<void> {
    const mine = (this.looking = new AbortController());
    if (!this.text().trim()) return this.preview.set(undefined);
    this.busy.set(true);
    try {
      const preview = await this.api.previewImport(this.text(), mine.signal);
      this.preview.set(preview);
      this.lookError.set(undefined);
      this.names.set(Object.fromEntries(preview.entries.map((entry) => [entry.key, namesOf(entry)])));
    } catch (error) {
      if (isAbort(error)) return;
      if (!(error instanceof ApiError)) throw error;
      this.lookError.set(error);
    } finally {
      if (mine === this.looking) this.busy.set(false);
    }
  }

  toggle({ key }: EntryView): void {
    this.dropped.update((keys) =>
      keys.has(key) ? new Set([...keys].filter((one) => one !== key)) : new Set([...keys, key]),
    );
  }

  rename(key: string, change: Partial<EntryNames>): void {
    this.names.update((names) => ({ ...names, [key]: { ...(names[key] ?? EMPTY_NAMES), ...change } }));
  }

  /** Creates the chosen entries, then tests each. The good ones stay; the others keep their reason. @returns whether the server took the request. */
  async createFromText(enabled: boolean): Promise<boolean> {
    const done = await this.deed.run(async () => {
      const result = await this.api.import({
        text: this.text(),
        entries: this.chosen().map((entry) => this.choice(entry)),
      });
      const services = await Promise.all(result.created.map((service) => this.finish(service, enabled)));
      this.failed.set(result.failed);
      this.created.set(services.map((service) => ({ service })));
      if (result.failed.length === 0) this.source.clear();
    });
    if (!done) return false;
    this.step.set('check');
    await Promise.all(this.created().map(({ service }) => this.testCreated(service)));
    return true;
  }

  /** Tests a created service, again if need be. */
  async testCreated(service: Service): Promise<void> {
    this.update(service, { report: undefined, error: undefined });
    try {
      this.update(service, { report: await this.api.test(service.id) });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      this.update(service, { error });
    }
  }

  async removeCreated(service: Service): Promise<boolean> {
    const done = await this.deed.run(() => this.api.remove(service.id));
    if (done) this.created.update((all) => all.filter((one) => one.service.id !== service.id));
    return done;
  }

  async disableCreated(service: Service): Promise<void> {
    await this.deed.run(async () => this.update(service, { service: await this.api.enable(service.id, false) }));
  }

  /** Goes on from the form when nothing in it is wrong. */
  checkForm(): void {
    this.strict.set(true);
    if (Object.keys(formProblems(this.values())).length > 0) return;
    this.step.set('check');
    void this.testForm();
  }

  async testForm(): Promise<void> {
    this.report.set(undefined);
    this.testing.set(true);
    await this.deed.run(async () => this.report.set(await this.api.testDraft({ draft: toDraft(this.values()) })));
    this.testing.set(false);
  }

  /** Saves what the form says. @returns the stored service, undefined when it was refused. */
  async createFromForm(enabled: boolean): Promise<Service | undefined> {
    let service: Service | undefined;
    await this.deed.run(async () => {
      service = await this.api.create({ ...toDraft(this.values()), enabled, accessControl: { grants: this.grants() } });
    });
    return service;
  }

  private readonly usable = computed(() => this.view()?.entries.filter((entry) => entry.usable) ?? []);

  private grants() {
    return toGrants(this.audience().kind, this.session.me()?.id ?? '', this.audience().groupIds);
  }

  private choice(entry: EntryView): ImportChoice {
    const name = this.names()[entry.key]?.name.trim();
    const category = this.category().trim();
    return {
      key: entry.key,
      ...(name ? { name } : {}),
      ...(category ? { category } : {}),
      tags: this.tags(),
      accessControl: { grants: this.grants() },
    };
  }

  /** What the import itself cannot say: names in both languages, and switched off. */
  private async finish(service: Service, enabled: boolean): Promise<Service> {
    const { zh = '', en = '' } = this.namesFor(service);
    const named =
      zh || en
        ? await this.api.change(service.id, {
            displayName: { ...(zh && { zh }), ...(en && { en }) },
            version: service.version,
          })
        : service;
    return enabled ? named : this.api.enable(service.id, false);
  }

  private namesFor(service: Service): Partial<EntryNames> {
    const entry = this.chosen().find((one) => (this.names()[one.key]?.name.trim() || one.name) === service.name);
    return (entry && this.names()[entry.key]) ?? {};
  }

  private update(service: Service, change: Partial<CheckedService>): void {
    this.created.update((all) => all.map((one) => (one.service.id === service.id ? { ...one, ...change } : one)));
  }
}

const EMPTY_NAMES: EntryNames = { name: '', zh: '', en: '' };

const namesOf = (entry: ImportPreview['entries'][number]): EntryNames => ({
  name: entry.name,
  zh: entry.draft?.displayName?.zh ?? '',
  en: entry.draft?.displayName?.en ?? '',
});
