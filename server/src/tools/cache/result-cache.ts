import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Counter } from 'prom-client';
import { EventBus, Metrics, type Unsubscribe } from '../../platform/index.js';
import type { Counterpart } from '../../clients/index.js';
import type { CacheScope } from '../../services/index.js';
import type { CallPlan, Dispatch } from '../path/call-plan.js';
import type { AnswerSource } from './answer-source.js';
import { AnswerStore, type Place } from './answer-store.js';
import { cacheKey } from './cache-key.js';
import type { Keeping } from './keeping.js';
import { SingleFlight } from './single-flight.js';

/** An answer, and where it is from. */
export interface Fetched<T> extends AnswerSource {
  readonly answer: T;
}

type ScopedPlace = Place & { readonly scope: CacheScope };

/** Asks the service. */
type Fetch<T> = (dispatch: Dispatch) => Promise<T>;

/** After so many others have come back without anything to share, a call waits for nobody else. */
const MOST_AWAITED = 2;

/**
 * Step 8, cache: has the answer to a call already, or waits for an equal one that is under way; for plans with a `keeping`
 * only. Everything that stands before it on the path has happened, whether the service is asked or not.
 *
 * Answers are kept as bytes: nobody gets an object that another caller holds.
 */
@Injectable()
export class ResultCache implements OnModuleDestroy {
  private readonly flights = new SingleFlight<Buffer>();
  private readonly outcomes: Counter<'outcome'>;
  private readonly subscriptions: Unsubscribe[];

  constructor(
    private readonly store: AnswerStore,
    bus: EventBus,
    metrics: Metrics,
  ) {
    this.outcomes = new Counter({
      name: 'gatehouse_answer_cache_total',
      help: 'Calls whose answers may be kept: found, waited for with an equal call, or asked of the service',
      labelNames: ['outcome'],
      registers: [metrics.registry],
    });
    const changes = ['service.changed', 'service.capabilities', 'user-credentials.changed'] as const;
    this.subscriptions = changes.map((type) => bus.subscribe(type, ({ serviceId }) => this.forget(serviceId)));
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
  }

  /** Forgets the answers of a service; with a tag, only those under it. */
  forget(serviceId: string, tag?: string): void {
    this.store.forget(serviceId, tag);
  }

  /** @throws whatever `fetch` throws, and the reason of `dispatch.signal` when it ends while waiting for others */
  async through<T>(plan: CallPlan<T>, keeping: Keeping<T>, dispatch: Dispatch, fetch: Fetch<T>): Promise<Fetched<T>> {
    const places = placesOf(plan, keeping);
    const [own] = places;
    if (!own) return { answer: await fetch(dispatch), cached: false };
    for (let awaited = 0; awaited <= MOST_AWAITED; awaited += 1) {
      const looks = await Promise.all(places.map(async (place) => this.store.look(place)));
      const found = looks.find((look) => look.found)?.found;
      if (found) return this.given(found, 'hit');
      // What set out before its service was forgotten is not waited for.
      const epoch = looks[0]?.epoch ?? '';
      const flight = this.flights.underWay(flightKey(own, epoch));
      if (!flight) return this.lead({ places, epoch, keeping, dispatch, fetch });
      // Whoever has waited twice for nothing still looks into the store once more, and then goes alone.
      if (awaited === MOST_AWAITED) break;
      const brought = await untilEnded(flight, dispatch.signal);
      if (brought) return this.given(brought, 'joined');
    }
    this.outcomes.inc({ outcome: 'miss' });
    return { answer: await fetch(dispatch), cached: false };
  }

  private given<T>(bytes: Buffer, outcome: 'hit' | 'joined'): Fetched<T> {
    this.outcomes.inc({ outcome });
    return {
      answer: JSON.parse(bytes.toString('utf8')) as T,
      cached: true,
      ...(outcome === 'joined' && { joined: true }),
    };
  }

  private async lead<T>(errand: {
    places: readonly ScopedPlace[];
    epoch: string;
    keeping: Keeping<T>;
    dispatch: Dispatch;
    fetch: Fetch<T>;
  }): Promise<Fetched<T>> {
    const { places, epoch, keeping, dispatch, fetch } = errand;
    this.outcomes.inc({ outcome: 'miss' });
    const listening = withEar(dispatch);
    const share = (answer: T): Buffer | undefined => {
      const shelf = listening.wasAsked() ? undefined : keeping.allows(answer);
      if (!shelf) return undefined;
      const bytes = bytesOf(answer);
      const place = places.find(({ scope }) => scope === shelf.scope);
      if (place) this.store.keep(place, bytes, shelf.ttlMs, epoch);
      if (place) keeping.onKept?.(shelf.ttlMs);
      // Those who wait stand at the first place; what belongs into another one is not for all of them.
      return place === places[0] ? bytes : undefined;
    };
    const work = (): Promise<T> => fetch(listening.dispatch);
    const key = places[0] ? flightKey(places[0], epoch) : '';
    return { answer: await this.flights.lead(key, dispatch.signal, work, share), cached: false };
  }
}

const flightKey = ({ key }: Place, epoch: string): string => `${epoch}:${key}`;

/** Where an answer may stand: for everybody where that is allowed, and for this caller. */
function placesOf<T>(plan: CallPlan<T>, keeping: Keeping<T>): ScopedPlace[] {
  return keeping.scopes.flatMap((scope) => {
    const key = cacheKey(plan, keeping, scope);
    const { tag } = keeping;
    return key === undefined ? [] : [{ key, scope, section: plan.service.id, ...(tag !== undefined && { tag }) }];
  });
}

/** What somebody said in the course of a call is in its answer: such an answer is for nobody else, and not for later. */
function withEar(dispatch: Dispatch): { dispatch: Dispatch; wasAsked: () => boolean } {
  const { counterpart } = dispatch;
  if (!counterpart) return { dispatch, wasAsked: () => false };
  let asked = false;
  const ask: Counterpart['ask'] = (question, signal) => {
    asked = true;
    return counterpart.ask(question, signal);
  };
  return { dispatch: { ...dispatch, counterpart: { ...counterpart, ask } }, wasAsked: () => asked };
}

/** Exactly as long as it is: a slice of a shared block would keep the whole block. */
function bytesOf(answer: unknown): Buffer {
  const text = JSON.stringify(answer);
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}

/** @throws the reason of the signal */
async function untilEnded<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort: () => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([promise, ended]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
