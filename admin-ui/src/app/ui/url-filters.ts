import { computed, inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';

/** Filters that live in the address: they survive reload, and a link shows another person the same. */
export interface UrlFilters<T extends Record<string, string>> {
  readonly value: Signal<T>;
  /** Whether any filter differs from its default. */
  readonly active: Signal<boolean>;
  /** Sets some filters; '' or the default removes one from the address. */
  set(change: Partial<T>): void;
  reset(): void;
}

/** Binds filters to query parameters of the same names. Call it where `inject` may be called. */
export function urlFilters<T extends Record<string, string>>(defaults: T): UrlFilters<T> {
  const router = inject(Router);
  const route = inject(ActivatedRoute);
  const parameters = toSignal(route.queryParamMap, { requireSync: true });
  const names = Object.keys(defaults) as (keyof T & string)[];
  const value = computed(
    () => {
      const map = parameters();
      return Object.fromEntries(names.map((name) => [name, map.get(name) ?? defaults[name]])) as T;
    },
    { equal: (a, b) => names.every((name) => a[name] === b[name]) },
  );

  const set = (change: Partial<T>) => {
    const queryParams = Object.fromEntries(
      Object.entries(change).map(([name, to]) => [name, to === '' || to === defaults[name] ? null : to]),
    );
    void router.navigate([], { relativeTo: route, queryParams, queryParamsHandling: 'merge', replaceUrl: true });
  };
  return {
    value,
    active: computed(() => names.some((name) => value()[name] !== defaults[name])),
    set,
    reset: () => set(defaults),
  };
}
