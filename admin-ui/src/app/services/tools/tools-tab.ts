import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Tool, ToolPolicy } from '@gatehouse/api-client';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { Session } from '../../session/session';
import { Icon } from '../../ui/icon';
import { JsonView } from '../../ui/json-view';
import { ListState } from '../../ui/list-state';
import { SearchBox } from '../../ui/search-box';
import { Toaster } from '../../ui/toasts';
import { urlFilters } from '../../ui/url-filters';
import { listingOf } from '../detail/remote-listing';
import { ServiceStore } from '../detail/service-store';
import { FoldedText } from './folded-text';
import { HiddenNote } from './hidden-note';
import { ReviewChip } from './review-chip';
import { ToolReviewPanel } from './tool-review';
import { hintsOf, isHeld, searchTools } from './tool-search';

const CLASSES = ['read', 'write', 'destructive', 'unknown'] as const;
/** Of a cache that was just switched on. */
const FIRST_TTL_SECONDS = 300;
const LONGEST_TTL_SECONDS = 86_400;
const CACHES = ['off', 'principal', 'shared'] as const;
const APPROVALS = ['never', 'user', 'always', 'four-eyes'] as const;

/** The tools of a service, with the class and the approval policy that we, not the service, give them. */
@Component({
  selector: 'gh-tools-tab',
  imports: [
    RouterLink,
    TranslocoDirective,
    FoldedText,
    HiddenNote,
    Icon,
    JsonView,
    ListState,
    ReviewChip,
    SearchBox,
    ToolReviewPanel,
  ],
  templateUrl: './tools-tab.html',
  styleUrl: './tools-tab.css',
})
export default class ToolsTab {
  private readonly toaster = inject(Toaster);
  private readonly transloco = inject(TranslocoService);

  protected readonly store = inject(ServiceStore);
  protected readonly search = signal('');
  protected readonly opened = signal<string | undefined>(undefined);
  protected readonly filters = urlFilters({ held: '' });
  protected readonly heldOnly = computed(() => this.filters.value().held !== '');
  protected readonly held = computed(() => (this.store.tools.value() ?? []).filter(isHeld).length);
  /** An opened tool stays when it is no longer held, so that what was decided is seen. */
  protected readonly shown = computed(() =>
    searchTools(this.store.tools.value() ?? [], this.search()).filter(
      (tool) => !this.heldOnly() || isHeld(tool) || tool.name === this.opened(),
    ),
  );
  protected readonly listing = listingOf(this.store.tools, this.shown);
  protected readonly mayEdit = computed(() => !!this.store.service()?.can.edit && this.session.may('services:write'));
  protected readonly classes = CLASSES;
  protected readonly approvals = APPROVALS;
  protected readonly caches = CACHES;
  protected readonly longestTtl = LONGEST_TTL_SECONDS;
  protected readonly hintsOf = hintsOf;

  private readonly session = inject(Session);

  constructor() {
    void this.store.loadTools();
  }

  protected toggleHeld(): void {
    this.filters.set({ held: this.heldOnly() ? '' : '1' });
  }

  protected toggle(tool: Tool): void {
    this.opened.update((name) => (name === tool.name ? undefined : tool.name));
  }

  protected async setPolicy(tool: Tool, policy: ToolPolicy): Promise<void> {
    try {
      await this.store.setPolicy(tool, policy);
      this.toaster.show('success', this.transloco.translate('services.tools.saved', { name: tool.name }));
    } catch (error) {
      this.toaster.failure(error);
    }
  }

  protected async setCacheScope(tool: Tool, scope: (typeof CACHES)[number]): Promise<void> {
    const ttlSeconds = tool.cache?.ttlSeconds ?? FIRST_TTL_SECONDS;
    await this.setPolicy(tool, { cache: scope === 'off' ? null : { ttlSeconds, scope } });
  }

  protected async setCacheTtl({ target }: Event, tool: Tool): Promise<void> {
    const input = target as HTMLInputElement;
    if (!tool.cache) return;
    if (!input.reportValidity()) {
      input.value = String(tool.cache.ttlSeconds);
      return;
    }
    await this.setPolicy(tool, { cache: { scope: tool.cache.scope, ttlSeconds: input.valueAsNumber } });
  }
}
