import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Principal } from '../../auth/index.js';
import {
  JobDesk,
  JobHandlers,
  type CallbackDraft,
  type JobEnding,
  type JobHandler,
  type JobRow,
  type JobWork,
} from '../../jobs/index.js';
import { LimitGate, Nearest, type Standing } from '../../limits/index.js';
import { RequestContext } from '../../platform/index.js';
import { AccessPolicy, ServiceDirectory, ToolPolicies, mayCallFrom } from '../../services/index.js';
import { ToolInvoker, type CallRequest } from '../tool-invoker.js';
import { endingAfter, endingOf } from './call-ending.js';
import { pause, whenThereIsRoom } from './when-there-is-room.js';

/** A call as a job keeps it. */
export interface KeptCall {
  /** Id or slug. */
  readonly service: string;
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
  readonly timeoutMs?: number;
  readonly chatId?: string;
  /** Where it was asked from. */
  readonly address?: string | null;
}

/** Calls a tool as a job: later, by the one path of every call, and as whoever asked for it. */
@Injectable()
export class ToolCallJob implements JobHandler, OnModuleInit {
  readonly kind = 'tool-call';

  constructor(
    private readonly handlers: JobHandlers,
    private readonly desk: JobDesk,
    private readonly invoker: ToolInvoker,
    private readonly services: ServiceDirectory,
    private readonly access: AccessPolicy,
    private readonly policies: ToolPolicies,
    private readonly limits: LimitGate,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** Whether a call has a chance at all; what has none is refused at once and on record instead of in a job. */
  mayBegin(caller: Principal, serviceId: string, tool: string): boolean {
    const service = this.services.find(serviceId);
    if (!service?.enabled) return false;
    if (!mayCallFrom(service, RequestContext.current().ip)) return false;
    return this.access.decide(caller, 'use', { serviceId: service.id, want: { tool } }).allowed;
  }

  /**
   * How near somebody is to the nearest limit of calls that a job will make; none of them is counted before. Of what they
   * may not call they learn nothing.
   */
  async standingOf(
    principal: Principal,
    calls: readonly Pick<KeptCall, 'service' | 'tool'>[],
  ): Promise<Standing | undefined> {
    const nearest = new Nearest();
    const tools = new Map(calls.map((call) => [`${call.service} ${call.tool}`, call]));
    for (const { service: idOrSlug, tool } of tools.values()) {
      const service = this.services.find(idOrSlug);
      if (!service || !this.mayBegin(principal, service.id, tool)) continue;
      const standing = await this.limits.standingOf({ principal, serviceId: service.id, tool });
      if (standing) nearest.note(standing);
    }
    return nearest.standing;
  }

  /** @throws {AppError} `job_queue_full` · `egress_refused` for the address of the callback */
  start(principal: Principal, call: KeptCall, callback?: CallbackDraft): Promise<JobRow> {
    const service = this.services.find(call.service);
    return this.desk.submit({
      kind: this.kind,
      title: `${service?.name ?? call.service} · ${call.tool}`,
      principal,
      payload: { ...call, address: RequestContext.current().ip },
      idempotent: this.mayRepeat(call),
      callback,
    });
  }

  mayRepeat({ service: idOrSlug, tool }: KeptCall): boolean {
    const service = this.services.find(idOrSlug);
    return service !== undefined && this.policies.of(service.id, tool).idempotent;
  }

  async run({ principal, payload, signal, report }: JobWork): Promise<JobEnding> {
    const { service, address = null, ...call } = payload as KeptCall;
    const request: CallRequest = {
      ...call,
      principal,
      address,
      door: 'job',
      serviceId: service,
      longRunning: true,
      signal,
      onProgress: report,
    };
    try {
      return endingOf(
        await whenThereIsRoom(
          () => this.invoker.invoke(request),
          (ms) => pause(ms, signal),
        ),
      );
    } catch (error) {
      return endingAfter(error);
    }
  }
}
