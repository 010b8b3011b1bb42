import { signal } from '@angular/core';
import type { LlmApi, LlmProvider, LlmTestResult } from '@gatehouse/api-client';
import { Deed } from '../../ui/deed';
import { PagedList } from '../../ui/paged-list';
import { changeOf, draftOf, type ProviderForm } from './provider-form';

/** `running`, or how the test of a provider ended. */
export type TestState = 'running' | LlmTestResult;

/** The language model providers and their last tests. */
export class LlmStore {
  readonly providers = new PagedList<LlmProvider>();
  readonly saving = new Deed();
  /** By provider id. */
  readonly tests = signal<ReadonlyMap<string, TestState>>(new Map());

  constructor(private readonly api: LlmApi) {}

  load(): Promise<void> {
    return this.providers.load((cursor, signal) => this.api.providers({ cursor }, signal));
  }

  /** Creates a provider, or changes `provider`. @returns whether it was saved; the refusal is in `saving`. */
  save(form: ProviderForm, provider?: LlmProvider): Promise<boolean> {
    return this.saving.run(async () => {
      if (provider) await this.api.change(provider.id, changeOf(form, provider));
      else await this.api.create(draftOf(form));
      await this.providers.reload();
    });
  }

  /** @throws ApiError when the server refuses. */
  async makeDefault(provider: LlmProvider): Promise<void> {
    await this.api.change(provider.id, { isDefault: true, version: provider.version });
    await this.providers.reload();
  }

  /** @throws ApiError when the server refuses. */
  async remove(provider: LlmProvider): Promise<void> {
    await this.api.remove(provider.id);
    await this.providers.reload();
  }

  /** @throws ApiError when the test itself cannot be run; a model that does not answer is a result. */
  async test(provider: LlmProvider): Promise<void> {
    this.noteTest(provider.id, 'running');
    try {
      this.noteTest(provider.id, await this.api.test(provider.id));
    } catch (error) {
      this.noteTest(provider.id, undefined);
      throw error;
    }
  }

  private noteTest(providerId: string, state: TestState | undefined): void {
    this.tests.update((tests) => {
      const next = new Map(tests);
      if (state) next.set(providerId, state);
      else next.delete(providerId);
      return next;
    });
  }
}
