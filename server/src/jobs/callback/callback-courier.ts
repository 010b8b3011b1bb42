import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock, Egress, EventBus, SecretBox, toAppError, type Unsubscribe } from '../../platform/index.js';
import { isOver } from '../job.js';
import type { JobRow } from '../job.entity.js';
import { callbackPlace } from '../job-desk.js';
import { JobStore } from '../job-store.js';
import { WakingLoop } from '../waking-loop.js';
import { verdictOn, type Callback, type Delivery } from './delivery.js';
import { webhookHeaders } from './signature.js';

const LOOK_EVERY_MS = 5_000;
const TIMEOUT_MS = 10_000;
/** How long an attempt keeps others from making it as well, ms. */
const CLAIM_MS = 60_000;

/**
 * Tells the end of jobs to those who asked for it, by a signed message that says which job and how it ended, and
 * nothing of its result. At least once: a receiver knows a repeated one by its `webhook-id`.
 */
@Injectable()
export class CallbackCourier implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop = new WakingLoop('CallbackCourier', () => this.turn());
  private readonly subscription: Unsubscribe;

  constructor(
    private readonly store: JobStore,
    private readonly box: SecretBox,
    private readonly egress: Egress,
    private readonly clock: Clock,
    bus: EventBus,
  ) {
    this.subscription = bus.subscribe('job.changed', (job) => {
      if (isOver(job)) this.loop.wake();
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start(LOOK_EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.subscription();
    await this.loop.stop();
  }

  /** Makes every attempt that is due. */
  async turn(): Promise<void> {
    await Promise.all((await this.store.due(this.clock.now())).map((row) => this.attempt(row)));
  }

  private async attempt(seen: JobRow): Promise<void> {
    const until = new Date(this.clock.now().getTime() + CLAIM_MS);
    const mine = await this.store.note(seen, { callbackDueAt: until });
    if (!mine) return;
    const deliveries = [...mine.deliveries, await this.deliver(mine)];
    const verdict = verdictOn(deliveries, Math.random());
    const isPending = verdict.state === 'pending';
    await this.store.note(mine, {
      deliveries,
      callbackState: verdict.state,
      callbackDueAt: isPending ? new Date(this.clock.now().getTime() + verdict.inMs) : null,
      ...(!isPending && { sealedCallback: null }),
    });
  }

  private async deliver(row: JobRow): Promise<Delivery> {
    const now = this.clock.now();
    const at = now.toISOString();
    try {
      const { url, secret } = this.open(row);
      const body = messageOf(row);
      const response = await this.egress.fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...webhookHeaders(row.id, now, body, secret) },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      return { at, status: response.status };
    } catch (error) {
      const { code } = toAppError(error);
      return { at, status: null, error: code === 'internal' ? 'upstream_unreachable' : code };
    }
  }

  private open({ id, sealedCallback }: JobRow): Callback {
    return JSON.parse(this.box.open(sealedCallback ?? '', callbackPlace(id))) as Callback;
  }
}

/** The same text at every attempt, because it is what is signed. */
const messageOf = ({ id, kind, status, failure, createdAt, finishedAt }: JobRow): string =>
  JSON.stringify({
    type: `job.${status}`,
    timestamp: (finishedAt ?? createdAt).toISOString(),
    data: { id, kind, status, errorCode: failure?.code ?? null, createdAt, finishedAt },
  });
