import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isRevoked, onTrail, type Principal } from '../auth/index.js';
import { Traffic, type TappedFrame } from '../gateway/index.js';
import { AdminTrail, AppError, EventBus, Lifecycle, type EventOutlet, type Unsubscribe } from '../platform/index.js';

/** What the stream of an inspected client carries. */
export interface FrameEvents {
  frame: TappedFrame;
}

const KEEP_ALIVE_MS = 15_000;
/** The reader comes back and is asked for its rights again. */
const LONGEST_MS = 15 * 60_000;

interface Reader {
  readonly principal: Principal;
  readonly outlet: EventOutlet<FrameEvents>;
}

/** Shows administrators what passes at one client, from the moment at which the trail says that they look. */
@Injectable()
export class FrameFeed implements OnModuleDestroy {
  private readonly readers = new Set<Reader>();
  private readonly subscriptions: Unsubscribe[];

  constructor(
    bus: EventBus,
    lifecycle: Lifecycle,
    private readonly traffic: Traffic,
    private readonly trail: AdminTrail,
    private readonly database: DataSource,
  ) {
    this.subscriptions = [
      bus.subscribe('credential.revoked', (revoked) => this.endIf(({ principal }) => isRevoked(revoked, principal))),
      bus.subscribe('user.changed', ({ userId }) => this.endIf(({ principal }) => principal.userId === userId)),
      bus.subscribe('role.changed', () => this.endIf(() => true)),
    ];
    lifecycle.whenDraining(() => this.endIf(() => true));
  }

  onModuleDestroy(): void {
    for (const unsubscribe of this.subscriptions) unsubscribe();
    this.endIf(() => true);
  }

  /** @throws {AppError} `not_found` there is no such client (any more) · `too_many_calls` too many are looked at */
  async open(principal: Principal, sourceId: string, outlet: EventOutlet<FrameEvents>): Promise<void> {
    const source = this.traffic.source(sourceId);
    if (!source) throw new AppError('not_found');
    await this.database.transaction((manager) =>
      this.trail.record(manager, {
        action: 'inspector.watch',
        actor: onTrail(principal),
        target: { kind: 'user', id: source.person.id, name: source.person.email },
        changes: { endpoint: source.endpoint, credential: source.credential.name },
      }),
    );
    const watching = this.traffic.watch(sourceId, (frame) => outlet.send('frame', frame));
    if (!watching) throw new AppError('too_many_calls', { details: { seconds: 60 } });
    outlet.open();
    for (const frame of watching.kept) outlet.send('frame', frame);
    const reader = { principal, outlet };
    this.readers.add(reader);
    const timers = [setInterval(() => outlet.keepAlive(), KEEP_ALIVE_MS), setTimeout(() => outlet.end(), LONGEST_MS)];
    outlet.whenGone(() => {
      this.readers.delete(reader);
      for (const timer of timers) clearInterval(timer);
      watching.stop();
    });
  }

  private endIf(concerns: (reader: Reader) => boolean): void {
    for (const reader of [...this.readers]) if (concerns(reader)) reader.outlet.end();
  }
}
