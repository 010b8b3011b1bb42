import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Language } from '@gatehouse/contracts';
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
import { RequestContext } from '../../platform/index.js';
import { ToolCallJob } from '../jobs/tool-call-job.js';
import type { BatchItem } from './batch.dto.js';
import { BatchRunner } from './batch-runner.js';

/** Less than a job keeps of a result, for what is around the items. */
const ROOM = 1000 * 1024;

interface KeptBatch {
  readonly items: readonly BatchItem[];
  /** Of whoever asked for it. */
  readonly language: Language;
  readonly address: string | null;
}

/** Makes the calls of a batch as a job. */
@Injectable()
export class BatchJob implements JobHandler, OnModuleInit {
  readonly kind = 'tool-batch';

  constructor(
    private readonly handlers: JobHandlers,
    private readonly desk: JobDesk,
    private readonly runner: BatchRunner,
    private readonly calls: ToolCallJob,
  ) {}

  onModuleInit(): void {
    this.handlers.register(this);
  }

  /** @throws {AppError} `job_queue_full` · `egress_refused` for the address of the callback */
  start(principal: Principal, items: readonly BatchItem[], callback?: CallbackDraft): Promise<JobRow> {
    const { language, ip } = RequestContext.current();
    const payload: KeptBatch = { items, language, address: ip };
    const tools = new Set(items.map(({ service, tool }) => `${service} · ${tool}`));
    return this.desk.submit({
      kind: this.kind,
      title: [...tools].join(', '),
      principal,
      payload,
      idempotent: this.mayRepeat(payload),
      callback,
    });
  }

  mayRepeat({ items }: KeptBatch): boolean {
    return items.every((item) => this.calls.mayRepeat(item));
  }

  async run({ principal, payload, signal, report }: JobWork): Promise<JobEnding> {
    const { items, language, address } = payload as KeptBatch;
    const results = await this.runner.run({
      principal,
      door: 'job',
      items,
      language,
      address,
      room: ROOM,
      signal,
      onDone: (done) => report({ progress: done, total: items.length }),
    });
    return { status: signal.aborted ? 'cancelled' : 'succeeded', result: { items: results } };
  }
}
