import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { CallStatus, ErrorCode } from '@gatehouse/contracts';
import { AppError, Clock, EventBus, Metrics, Scrubber, databaseKind } from '../../platform/index.js';
import '../events.js';
import type { CallIntent, CallOutcome, CallRefusal } from './call-intent.js';
import { CallRecord } from './call-record.entity.js';
import { GroupCommit } from './group-commit.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';
import { storedBody } from './stored-body.js';

/** On a shared database another replica’s calls may be running; none lives longer: an hour of work, and half an hour of questions, ms. */
const LONGEST_CALL_MS = 2 * 60 * 60_000;
/** How often calls without an end are looked for, ms. */
const SWEEP_EVERY_MS = 5 * 60_000;
/** After a failed write, when it is worth letting calls try again, ms. */
const RECOVERY_MS = 5_000;

/** Of a row without its bodies, and of a body as far as it is kept; for the size of a batch. */
const FIXED_BYTES = 1024;
const MOST_KEPT_BYTES = 256 * 1024;

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
  /** How long a caller waits for the record to be durable, ms. */
  protected readonly patienceMs: number = 2_000;
  private readonly logger = new Logger('CallJournal');
  private readonly writer = new GroupCommit<RecordWrite>((writes) => this.records.commit(writes), bytesOf);
  private readonly open = new Map<string, CallIntent>();
  private lastFailureAt: Date | undefined;
  private sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly records: RecordWriter,
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

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.sweep);
    await this.writer.idle();
    await this.records.close();
  }

  /**
   * Records that a call is about to happen; once this resolves the record is durable.
   *
   * @returns the call's id
   * @throws {AppError} `audit_unavailable`: do not act
   */
  async begin(intent: CallIntent): Promise<string> {
    const row = this.rowOf(intent, { status: 'running', decision: 'allow' });
    await this.durable({ kind: 'insert', row }, () => this.closeUnmade(row.id));
    this.open.set(row.id, intent);
    return row.id;
  }

  /**
   * Records how the call ended; once this resolves the record is durable.
   *
   * @throws {AppError} `audit_unavailable`: the answer must not go out as if all were well
   */
  async finish(callId: string, outcome: CallOutcome): Promise<void> {
    const intent = this.open.get(callId);
    this.open.delete(callId);
    const body = storedBody(outcome.response, this.scrubber);
    const patch = {
      status: outcome.status,
      errorCode: outcome.errorCode ?? null,
      responseData: body.kept,
      responseBytes: body.bytes,
      durationMs: Math.round(outcome.durationMs),
      cached: outcome.cached ?? false,
      finishedAt: this.clock.now(),
    };
    await this.durable({ kind: 'finish', id: callId, patch });
    if (intent) this.announce(callId, intent, outcome.status, outcome.durationMs);
  }

  /** Records a call that was refused, as one finished row. @returns the call's id */
  async refuse(intent: CallIntent, refusal: CallRefusal): Promise<string> {
    const denied = DENIALS.has(refusal.code);
    const row = this.rowOf(intent, {
      status: denied ? 'denied' : 'error',
      decision: denied ? 'deny' : 'allow',
      errorCode: refusal.code,
      rule: refusal.rule?.slice(0, 500) ?? null,
      responseData: refusal.fields ? { fields: refusal.fields } : null,
      durationMs: 0,
      finishedAt: this.clock.now(),
    });
    await this.durable({ kind: 'insert', row });
    this.announce(row.id, intent, row.status, 0);
    return row.id;
  }

  /**
   * Whether records could be written lately; readiness depends on it. A few seconds after a failure it is worth another
   * try: without traffic nobody would ever find out that the database is back.
   */
  isHealthy(): boolean {
    return !this.lastFailureAt || this.clock.now().getTime() - this.lastFailureAt.getTime() >= RECOVERY_MS;
  }

  private rowOf(intent: CallIntent, rest: Partial<CallRecord>): CallRecord {
    const body = storedBody(intent.arguments, this.scrubber);
    const { principal } = intent;
    const { actor = principal, credential } = principal;
    return {
      id: randomUUID(),
      serviceId: intent.service.id,
      serviceName: intent.service.name.slice(0, 200),
      userId: actor.userId,
      userEmail: actor.email,
      userName: actor.displayName.slice(0, 200),
      credentialKind: credential.kind,
      credentialId: credential.id,
      credentialName: credential.name.slice(0, 254),
      chatId: intent.chatId ?? null,
      profile: intent.profile?.slice(0, 32) ?? null,
      toolName: intent.tool.slice(0, 256),
      door: intent.door,
      errorCode: null,
      rule: null,
      requestData: body.kept,
      requestBytes: body.bytes,
      responseData: null,
      responseBytes: 0,
      durationMs: null,
      cached: false,
      createdAt: this.clock.now(),
      finishedAt: null,
      status: 'running',
      decision: 'allow',
      ...rest,
    };
  }

  /** @param whenLate called when the write became durable only after its caller had been told that it did not */
  private async durable(write: RecordWrite, whenLate?: () => void): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new AppError('audit_unavailable')), this.patienceMs);
    });
    const written = this.writer.add(write);
    try {
      await Promise.race([written, patience]);
      this.lastFailureAt = undefined;
    } catch (error) {
      this.lastFailureAt = this.clock.now();
      this.logger.error({ err: error });
      written.then(whenLate, () => undefined);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** The intent is on record after all, but its caller was refused: the call never happened. */
  private closeUnmade(id: string): void {
    const patch = { status: 'error' as const, errorCode: 'audit_unavailable' as const, finishedAt: this.clock.now() };
    this.writer.add({ kind: 'finish', id, patch }).catch((err: unknown) => this.logger.error({ err }));
  }

  private async closeOlderThan(ageMs: number): Promise<void> {
    const now = this.clock.now();
    const closed = await this.database
      .getRepository(CallRecord)
      .update(
        { status: 'running', createdAt: LessThan(new Date(now.getTime() - ageMs)) },
        { status: 'unknown', finishedAt: now },
      );
    if (closed.affected) this.logger.warn(`${closed.affected} calls have an unknown outcome`);
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

/** What a write adds to its statement: its bodies, as far as they are kept. */
const bytesOf = (write: RecordWrite): number =>
  FIXED_BYTES +
  (write.kind === 'insert'
    ? Math.min(write.row.requestBytes, MOST_KEPT_BYTES)
    : Math.min(write.patch.responseBytes ?? 0, MOST_KEPT_BYTES));
