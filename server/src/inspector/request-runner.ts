import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { onTrail, type Principal } from '../auth/index.js';
import { Catalogues, Rehearsal, Tap, type TappedFrame } from '../gateway/index.js';
import { AdminTrail, AppError, Clock, Scrubber } from '../platform/index.js';
import { AssumedPrincipals } from './assumed-principal.js';
import type { InspectorAnswer, InspectorRequest } from './inspector.dto.js';

/** Its answer is a stream that ends with the client. */
const ENDLESS = 'subscriptions/listen';

/** Runs a request that somebody wrote by hand, as themselves or as somebody else, and shows everything that passed. */
@Injectable()
export class RequestRunner {
  constructor(
    private readonly principals: AssumedPrincipals,
    private readonly catalogues: Catalogues,
    private readonly rehearsal: Rehearsal,
    private readonly trail: AdminTrail,
    private readonly database: DataSource,
    private readonly scrubber: Scrubber,
    private readonly clock: Clock,
  ) {}

  /** @throws {AppError} `validation_failed` for a method whose answer never ends · `permission_missing` · `not_found` no such endpoint, user or group; refusals of the endpoint are answers */
  async run(caller: Principal, request: InspectorRequest, gone: AbortSignal): Promise<InspectorAnswer> {
    if (request.method === ENDLESS) {
      const fields = [{ path: 'method', message: 'has an answer that never ends' }];
      throw new AppError('validation_failed', { fields });
    }
    const catalogue = this.catalogues.at(request.endpoint);
    const principal = this.principals.assume(caller, request.as);
    if (!catalogue) throw new AppError('not_found');
    if (request.as) await this.admit(caller, principal, request);
    const frames: TappedFrame[] = [];
    const tap = new Tap(this.scrubber, () => this.clock.now());
    tap.watch((frame) => frames.push(frame));
    const startedMs = this.clock.monotonicMs();
    await this.rehearsal.send(request, {
      principal,
      carried: {},
      catalogue,
      gone,
      tap: () => tap,
      door: 'inspector',
    });
    return { frames, durationMs: Math.round(this.clock.monotonicMs() - startedMs) };
  }

  /** On the trail before anything happens: who runs what as whom. */
  private admit(
    caller: Principal,
    assumed: Principal,
    { as, endpoint, method, params }: InspectorRequest,
  ): Promise<void> {
    return this.database.transaction((manager) =>
      this.trail.record(manager, {
        action: 'inspector.run-as',
        actor: onTrail(caller),
        target: { kind: as?.kind ?? 'user', id: as?.id ?? '', name: assumed.email },
        changes: { endpoint, method, name: params['name'] ?? params['uri'] ?? null },
      }),
    );
  }
}
