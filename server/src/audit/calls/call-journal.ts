import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource, LessThan } from 'typeorm';
import type { CallStatus, Door, ErrorCode } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import { AppError, Clock, EventBus, Metrics, Scrubber, databaseKind, type FieldProblem } from '../../platform/index.js';
import '../events.js';
import { CallRecord } from './call-record.entity.js';
import { GroupCommit } from './group-commit.js';
import { storedBody } from './stored-body.js';

/** How long a caller waits for the record to be durable, ms. */
const COMMIT_PATIENCE_MS = 2_000;
/** On a shared database another replica's calls may be running; none lives longer than this, ms. */
const LONGEST_CALL_MS = 15 * 60_000;

/** A call that is about to happen. */
export interface CallIntent {
  door: Door;
  principal: Principal;
  /** `id` is null when the caller named a service that does not exist. */
  service: { id: string | null; name: string };
  tool: string;
  chatId?: string;
  arguments: unknown;
}

/** How a call ended. */
export interface CallOutcome {
  status: Extract<CallStatus, 'success' | 'error' | 'cancelled' | 'unknown'>;
  errorCode?: ErrorCode;
  response?: unknown;
  durationMs: number;
  cached?: boolean;
}

/** Why a call did not happen. */
export interface CallRefusal {
  code: ErrorCode;
  /** The rule that refused it, in words. */
  rule?: string;
  fields?: readonly FieldProblem[];
}

type Write = { kind: 'insert'; row: CallRecord } | { kind: 'finish'; id: string; patch: Partial<CallRecord> };

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
  private readonly writer = new GroupCommit<Write>((writes) => this.commit(writes));
  private readonly open = new Map<string, CallIntent>();
  private lastFailureAt: Date | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
    private readonly events: EventBus,
    private readonly metrics: Metrics,
    private readonly scrubber: Scrubber,
  ) {}

  /** Calls that a dead process left open get the only honest status: unknown. */
  async onApplicationBootstrap(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - (databaseKind() === 'mariadb' ? LONGEST_CALL_MS : 0));
    const closed = await this.database
      .getRepository(CallRecord)
      .update({ status: 'running', createdAt: LessThan(before) }, { status: 'unknown', finishedAt: this.clock.now() });
    if (closed.affected) this.logger.warn(`${closed.affected} calls of an earlier run have an unknown outcome`);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.writer.idle();
  }

  /**
   * Records that a call is about to happen; once this resolves the record is durable.
   *
   * @returns the call's id
   * @throws {AppError} `audit_unavailable`: do not act
   */
  async begin(intent: CallIntent): Promise<string> {
    const row = this.rowOf(intent, { status: 'running', decision: 'allow' });
    await this.durable({ kind: 'insert', row });
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

  /** Whether records could be written lately; readiness depends on it. */
  isHealthy(): boolean {
    return this.lastFailureAt === undefined;
  }

  private rowOf(intent: CallIntent, rest: Partial<CallRecord>): CallRecord {
    const body = storedBody(intent.arguments, this.scrubber);
    const { principal } = intent;
    return {
      id: randomUUID(),
      serviceId: intent.service.id,
      serviceName: intent.service.name.slice(0, 200),
      userId: principal.userId,
      userEmail: principal.email,
      userName: principal.displayName.slice(0, 200),
      credentialKind: principal.credential.kind,
      credentialId: principal.credential.id,
      credentialName: principal.credential.name.slice(0, 254),
      chatId: intent.chatId ?? null,
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

  private async durable(write: Write): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new AppError('audit_unavailable')), COMMIT_PATIENCE_MS);
    });
    try {
      await Promise.race([this.writer.add(write), patience]);
      this.lastFailureAt = undefined;
    } catch (error) {
      this.lastFailureAt = this.clock.now();
      this.logger.error({ err: error });
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private async commit(writes: readonly Write[]): Promise<void> {
    const rows = writes.flatMap((write) => (write.kind === 'insert' ? [write.row] : []));
    await this.database.transaction(async (manager) => {
      if (rows.length > 0) await manager.insert(CallRecord, rows as never);
      for (const write of writes) {
        if (write.kind === 'finish') await manager.update(CallRecord, { id: write.id }, write.patch as never);
      }
    });
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
