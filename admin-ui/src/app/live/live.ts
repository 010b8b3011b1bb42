import { Injectable, computed, effect, inject, signal, untracked, type Signal } from '@angular/core';
import { followServerEvents, type ServerEvent, type ServerEventType, type StreamState } from '@gatehouse/api-client';
import type { ServerEvents, ServiceHealthEvent } from '@gatehouse/contracts';
import { HTTP } from '../api/http';
import { Session } from '../session/session';

type Listener<T extends ServerEventType> = (data: ServerEvents[T]) => void;

/** The one connection to `/api/events`: open while somebody is signed in, shared by every page. */
@Injectable({ providedIn: 'root' })
export class Live {
  private readonly http = inject(HTTP);
  private readonly session = inject(Session);
  private readonly listeners = new Map<ServerEventType, Set<(data: never) => void>>();
  private readonly states = signal<StreamState>('closed');
  private readonly healths = signal<ReadonlyMap<string, ServiceHealthEvent>>(new Map());
  private readonly counts = signal<Partial<Record<ServerEventType, number>>>({});
  private readonly userId = computed(() => this.session.me()?.id);

  readonly state = this.states.asReadonly();
  /** The newest health of each service heard of since the page was opened, by service id. */
  readonly health = this.healths.asReadonly();

  constructor() {
    effect((onCleanup) => {
      if (!this.userId()) return;
      const close = untracked(() =>
        followServerEvents(
          this.http,
          (event) => this.receive(event),
          (state) => this.states.set(state),
        ),
      );
      onCleanup(close);
    });
  }

  /** Calls `listener` at each event of a type. @returns a function that stops it. */
  on<T extends ServerEventType>(type: T, listener: Listener<T>): () => void {
    const all = this.listeners.get(type) ?? new Set();
    this.listeners.set(type, all.add(listener));
    return () => all.delete(listener);
  }

  /** How many events of a type have come: read it in an effect to act on each. */
  count(type: ServerEventType): Signal<number> {
    return computed(() => this.counts()[type] ?? 0);
  }

  private receive(event: ServerEvent): void {
    if (event.type === 'service.health') {
      this.healths.update((known) => new Map(known).set(event.data.serviceId, event.data));
    }
    this.counts.update((counts) => ({ ...counts, [event.type]: (counts[event.type] ?? 0) + 1 }));
    for (const listener of this.listeners.get(event.type) ?? []) listener(event.data as never);
  }
}
