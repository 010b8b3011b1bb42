import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { CallStatus, ErrorCode } from '@gatehouse/contracts';
import { Clock, EventBus, Metrics, PassingMap, Scrubber, databaseKind, orderedId } from '../../platform/index.js';
import '../events.js';
import type { Value } from '../chain/chain-format.js';
import type { CallIntent, CallOutcome, CallRefusal } from './call-intent.js';
import { CallRecord } from './call-record.entity.js';
import { RecordQueue } from './record-queue.js';
import { storedBody } from './stored-body.js';

/** On a shared database another replica’s calls may be running; none lives longer: an hour of work, and half an hour of questions, ms. */
const LONGEST_CALL_MS = 2 * 60 * 60_000;
/** How often calls without an end are looked for, ms. */
const SWEEP_EVERY_MS = 5 * 60_000;
/** How many of them are closed at a time. */
const SWEEP_AT_ONCE = 200;

/** Refusals for which a person's rights or share are the reason; the others are mistakes in the request. */
const DENIALS: ReadonlySet<ErrorCode> = new Set([
  'access_denied',
  'tool_not_found',
  'not_found',
  'permission_missing',
  'approval_required',
  'too_many_calls',
  'rate_limited',
  'service_disabled',
]);

/**
 * Keeps the record of every call and refusal, from whichever door.
 *
 * The intent is durable before the effect and the outcome before the answer; if the record cannot be written, the
 * call must not happen.
 */
@Injectable()
export class CallJournal implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('CallJournal');
  private readonly open = new PassingMap<string, CallIntent>();
  private sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly queue: RecordQueue,
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly metrics: Metrics,
    private readonly scrubber: Scrubber,
  ) {}

  /**
   * Calls without an end get the only honest status, unknown: those that a dead process left open, and later those whose
   * outcome could not be written.
   */
  async onApplicationBootstrap(): Promise<void> {
    await this.closeOlderThan(databaseKind() === 'mariadb' ? LONGEST_CALL_MS : 0);
    this.sweep = setInterval(() => void this.sweepQuietly(), SWEEP_EVERY_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.sweep);
  }

  /**
   * Records that a call is about to happen; once this resolves the record is durable.
   *
   * @returns the call's id
   * @throws {AppError} `audit_unavailable`: do not act
   */
  async begin(intent: CallIntent): Promise<string> {
    const id = orderedId();
    const values = this.opening(id, intent, 'allow', null);
    // The intent may be on record after all when its caller was refused: the call never happened.
    await this.queue.add({ event: 'intent', id, values: [...values, ...OPEN] }, () => this.closeUnmade(id));
    this.open.set(id, intent);
    return id;
  }

  /**
   * Records how the call ended; once this resolves the record is durable.
   *
   * @throws {AppError} `audit_unavailable`: the answer must not go out as if all were well
   */
  async finish(callId: string, outcome: CallOutcome): Promise<void> {
    const intent = this.open.get(callId);
    this.open.delete(callId);
    const { status, errorCode = null, durationMs, cached = false } = outcome;
    const { kept, bytes } = storedBody(outcome.response, this.scrubber);
    const values = [status, errorCode, kept, bytes, Math.round(durationMs), Number(cached), this.clock.now().getTime()];
    await this.queue.add({ event: 'outcome', id: callId, values });
    if (intent) this.announce(callId, intent, status, durationMs);
  }

  /** Records a call that was refused, as one finished row. @returns the call's id */
  async refuse(intent: CallIntent, refusal: CallRefusal): Promise<string> {
    const id = orderedId();
    const denied = DENIALS.has(refusal.code);
    const status = denied ? 'denied' : 'error';
    const opening = this.opening(id, intent, denied ? 'deny' : 'allow', refusal.rule?.slice(0, 500) ?? null);
    const fields = refusal.fields ? JSON.stringify({ fields: refusal.fields }) : null;
    const closing = [status, refusal.code, fields, 0, 0, 0, this.clock.now().getTime()];
    await this.queue.add({ event: 'refusal', id, values: [...opening, ...closing] });
    this.announce(id, intent, status, 0);
    return id;
  }

  /** Whether records could be written lately; readiness depends on it. */
  isHealthy(): boolean {
    return this.queue.isHealthy();
  }

  /** In the order of `OPENING_COLUMNS`. */
  private opening(id: string, intent: CallIntent, decision: CallRecord['decision'], rule: string | null): Value[] {
    const { principal, service } = intent;
    const { actor = principal, credential } = principal;
    const { kept, bytes } = storedBody(intent.arguments, this.scrubber);
    return [
      id,
      service.id,
      service.name.slice(0, 200),
      actor.userId,
      actor.email,
      actor.displayName.slice(0, 200),
      credential.kind,
      credential.id,
      credential.name.slice(0, 254),
      intent.chatId ?? null,
      intent.profile?.slice(0, 32) ?? null,
      intent.tool.slice(0, 256),
      intent.door,
      decision,
      rule,
      kept,
      bytes,
      this.clock.now().getTime(),
    ];
  }

  private closeUnmade(id: string): void {
    const values = ['error', 'audit_unavailable', null, 0, null, 0, this.clock.now().getTime()];
    this.queue.add({ event: 'outcome', id, values }).catch((err: unknown) => this.logger.error({ err }));
  }

  /** In pieces, each with its entry in the chain. */
  private async closeOlderThan(ageMs: number): Promise<void> {
    const before = new Date(this.clock.now().getTime() - ageMs);
    for (;;) {
      const open = await this.database.getRepository(CallRecord).find({
        select: { id: true },
        where: { status: 'running', createdAt: LessThan(before) },
        take: SWEEP_AT_ONCE,
      });
      if (open.length === 0) return;
      const values = ['unknown', null, null, 0, null, 0, this.clock.now().getTime()];
      await Promise.all(open.map(({ id }) => this.queue.add({ event: 'unknown', id, values })));
      this.logger.warn(`${open.length} calls have an unknown outcome`);
    }
  }

  private async sweepQuietly(): Promise<void> {
    await this.closeOlderThan(LONGEST_CALL_MS).catch((err: unknown) => this.logger.warn({ err }));
  }

  private announce(callId: string, intent: CallIntent, status: CallStatus, durationMs: number): void {
    this.metrics.calls.inc({ door: intent.door, status });
    this.metrics.callSeconds.observe({ door: intent.door }, durationMs / 1_000);
    this.events.publish('call.finished', {
      callId,
      serviceId: intent.service.id ?? '',
      tool: intent.tool,
      status,
      userId: intent.principal.userId,
    });
  }
}

/** The closing columns of a call that runs, in the order of `CLOSING_COLUMNS`. */
const OPEN: readonly Value[] = ['running', null, null, 0, null, 0, null];
