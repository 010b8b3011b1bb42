import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Authenticator, type Principal } from '../auth/index.js';
import { EventBus, type EventType, type Unsubscribe } from '../platform/index.js';
import type { McpCaller } from './caller.js';
import type { Catalogue } from './catalogue/catalogue.js';

/** A list whose content, as one caller sees it, is not what it was. */
export type ChangedList = 'tools' | 'resources' | 'prompts';

export interface ListWatcher {
  onChanged(list: ChangedList): void;
  /** The credential does not work any more. */
  onRevoked(): void;
}

/** Facts after which somebody may see other lists than before. */
const REASONS = [
  'service.changed',
  'service.capabilities',
  'grants.changed',
  'profile.changed',
  'user.changed',
  'group.changed',
  'role.changed',
  'credential.revoked',
] as const satisfies readonly EventType[];

/** Changes that come in a burst are looked at together, ms. */
const SETTLE_MS = 50;

interface Watched {
  readonly caller: McpCaller;
  readonly watcher: ListWatcher;
  seen: Record<ChangedList, readonly unknown[]>;
}

/**
 * Tells open streams when the lists that their caller sees have changed.
 *
 * After each fact the caller's credential is looked at again, so that a change of groups or rights counts too, and the
 * stream of a credential that was revoked can end.
 */
@Injectable()
export class ListWatch implements OnModuleDestroy {
  private readonly watched = new Set<Watched>();
  private readonly subscriptions: Unsubscribe[];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    events: EventBus,
    private readonly authenticator: Authenticator,
  ) {
    this.subscriptions = REASONS.map((reason) => events.subscribe(reason, () => this.lookSoon()));
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** @returns how to stop watching */
  watch(caller: McpCaller, watcher: ListWatcher): () => void {
    const watched = { caller, watcher, seen: listsOf(caller.catalogue, caller.principal) };
    this.watched.add(watched);
    return () => void this.watched.delete(watched);
  }

  private lookSoon(): void {
    if (this.watched.size === 0) return;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      for (const watched of this.watched) void this.look(watched);
    }, SETTLE_MS);
  }

  private async look(watched: Watched): Promise<void> {
    const principal = await this.authenticator.authenticate(watched.caller.carried).catch(() => undefined);
    if (!this.watched.has(watched)) return;
    if (!principal) {
      this.watched.delete(watched);
      watched.watcher.onRevoked();
      return;
    }
    const before = watched.seen;
    watched.seen = listsOf(watched.caller.catalogue, principal);
    for (const list of ['tools', 'resources', 'prompts'] as const) {
      if (!isEqualList(before[list], watched.seen[list])) watched.watcher.onChanged(list);
    }
  }
}

/** What makes each list what it is: names and the definitions behind them. */
function listsOf(catalogue: Catalogue, principal: Principal): Watched['seen'] {
  const resources = [...catalogue.resources(principal), ...catalogue.templates(principal)];
  return {
    tools: [
      catalogue.mode,
      ...catalogue.tools(principal).flatMap(({ name, tool, description }) => [name, tool.definition, description]),
    ],
    resources: resources.flatMap(({ service, definition }) => [service.slug, definition]),
    prompts: catalogue.prompts(principal).flatMap(({ name, prompt }) => [name, prompt.definition]),
  };
}

/** Definitions are compared by identity: a service that was asked again counts as changed. */
const isEqualList = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((item, at) => item === b[at]);
