import { computed, signal, type Signal } from '@angular/core';
import type { AuditApi, Overview, Service, ServicesApi } from '@gatehouse/api-client';
import type { HealthState, ServiceHealthEvent } from '@gatehouse/contracts';
import { Remote } from '../ui/remote';
import { PagedList } from '../ui/paged-list';

/** States in which somebody must act, the most urgent first. */
export const ATTENTION = ['unauthorised', 'down', 'stale', 'degraded', 'empty'] as const satisfies HealthState[];
export type AttentionState = (typeof ATTENTION)[number];

/** A service that waits for somebody. */
export interface Concern {
  service: Service;
  health: Service['health'];
  state: AttentionState;
}

/** A service with tools that nobody may use before somebody has looked at them. */
export interface HeldService {
  slug: string;
  name: string;
  displayName: Service['displayName'];
  tools: number;
}

/** The order in which a newcomer takes the steps. */
export const STEPS = ['service', 'test', 'group', 'grant', 'client'] as const;
export type Step = (typeof STEPS)[number];

/** The server's largest page. */
const EVERY = 200;

const rank = (state: HealthState): number => {
  const at = ATTENTION.findIndex((each) => each === state);
  return at < 0 ? ATTENTION.length : at;
};

/** What the overview shows; `liveHealth` overlays what was read with what was heard since. */
export class OverviewStore {
  readonly overview = new Remote<Overview>();
  readonly services = new PagedList<Service>();

  /** Every service with its newest health, those that need somebody first. */
  readonly strip = computed(() =>
    this.services
      .items()
      .map((service) => ({ service, health: this.liveHealth().get(service.id) ?? service.health }))
      .sort((a, b) => rank(a.health.state) - rank(b.health.state)),
  );

  readonly concerns = computed(() =>
    this.strip().flatMap(({ service, health }): Concern[] => {
      const state = ATTENTION.find((each) => each === health.state);
      return state ? [{ service, health, state }] : [];
    }),
  );

  readonly held = computed(() =>
    (this.overview.value()?.held ?? []).map(({ serviceSlug: slug, serviceName: name, tools }): HeldService => {
      const service = this.services.items().find((each) => each.slug === slug);
      return { slug, name, displayName: service?.displayName ?? {}, tools };
    }),
  );

  readonly stepsDone = computed(() => {
    const checklist = this.overview.value()?.checklist;
    return checklist ? STEPS.filter((step) => checklist[step]).length : 0;
  });

  /** Whether this installation still has steps before it, for somebody who may take them. */
  readonly starting = computed(() => !!this.overview.value() && this.stepsDone() < STEPS.length);

  constructor(
    private readonly audit: AuditApi,
    private readonly servicesApi: ServicesApi,
    private readonly liveHealth: Signal<ReadonlyMap<string, ServiceHealthEvent>> = signal(new Map()),
  ) {}

  async load(): Promise<void> {
    await Promise.all([this.loadNumbers(), this.loadServices()]);
  }

  loadNumbers(): Promise<void> {
    return this.overview.load((signal) => this.audit.overview(signal));
  }

  loadServices(): Promise<void> {
    return this.services.load((cursor, signal) => this.servicesApi.list({ cursor, limit: EVERY }, signal));
  }
}
