import { Injectable } from '@nestjs/common';
import type { Language } from '@gatehouse/contracts';
import type { Principal } from '../../auth/index.js';
import { AppError, toAppError } from '../../platform/index.js';
import { LimitGate, Turnstile, TurnedAway, type Standing } from '../../limits/index.js';
import { pause, whenThereIsRoom } from '../jobs/when-there-is-room.js';
import { ToolInvoker, type CallAnswer, type CallRequest } from '../tool-invoker.js';
import type { BatchItem, BatchItemResult } from './batch.dto.js';

/** How many calls of batches of one person run at once, unless fewer of all their calls may. */
const SEATS = 8;
/** Workers of so many batches of one person may wait; items of further ones are refused. */
const QUEUE = 20 * SEATS;
const WAIT_MS = 10 * 60_000;
const COME_BACK_SECONDS = 5;

export interface Batch {
  readonly principal: Principal;
  readonly door: 'batch' | 'job';
  readonly items: readonly BatchItem[];
  readonly language: Language;
  /** Where it was asked from; absent: where the request comes from that is being answered. */
  readonly address?: string | null;
  /** How large all results together may be, characters of JSON. */
  readonly room: number;
  readonly signal?: AbortSignal;
  readonly onDone?: (done: number) => void;
  /** Hears of every call how near its caller is to the nearest limit. */
  readonly onStanding?: (standing: Standing) => void;
}

/** Makes the calls of a batch, some at once. What becomes of one is nothing to the others. */
@Injectable()
export class BatchRunner {
  private readonly people = new Turnstile({ seats: SEATS, queue: QUEUE, waitMs: WAIT_MS });

  constructor(
    private readonly invoker: ToolInvoker,
    private readonly limits: LimitGate,
  ) {}

  /** @returns how each ended, in the order of the items; never fails */
  async run(batch: Batch): Promise<BatchItemResult[]> {
    const results: BatchItemResult[] = [];
    const room = { left: batch.room };
    const indices = batch.items.keys();
    let done = 0;
    const work = async (): Promise<void> => {
      // One iterator for all workers: each item is taken once.
      for (const index of indices) {
        const item = batch.items[index];
        if (!item) return;
        results[index] = within(room, await this.one(batch, item), batch.language);
        batch.onDone?.((done += 1));
      }
    };
    const workers = Math.min(this.seatsOf(batch.principal), batch.items.length);
    await Promise.all(Array.from({ length: workers }, work));
    return results;
  }

  private async one(batch: Batch, item: BatchItem): Promise<BatchItemResult> {
    const { service, tool } = item;
    try {
      const leave = await this.enter(batch);
      try {
        const { timing: _, ...answer } = await this.call(batch, item);
        return { service, tool, status: 200, ...answer };
      } finally {
        leave();
      }
    } catch (error) {
      return failed({ service, tool }, toAppError(error), batch.language);
    }
  }

  private call(batch: Batch, item: BatchItem): Promise<CallAnswer> {
    const call = (): Promise<CallAnswer> => this.invoker.invoke(requestOf(batch, item));
    return batch.door === 'job' ? whenThereIsRoom(call, (ms) => pause(ms, batch.signal)) : call();
  }

  private seatsOf(principal: Principal): number {
    return Math.min(SEATS, this.limits.seatsOf(principal));
  }

  private async enter({ principal, signal }: Batch): Promise<() => void> {
    try {
      return await this.people.enter(principal.userId, signal, '', { seats: this.seatsOf(principal), queue: QUEUE });
    } catch (error) {
      if (error instanceof TurnedAway)
        throw new AppError('too_many_calls', { details: { seconds: COME_BACK_SECONDS } });
      throw new AppError('call_cancelled', { cause: error });
    }
  }
}

const requestOf = ({ principal, door, signal, address, onStanding }: Batch, item: BatchItem): CallRequest => ({
  principal,
  door,
  serviceId: item.service,
  tool: item.tool,
  arguments: item.arguments,
  ...(item.timeoutMs !== undefined && { timeoutMs: item.timeoutMs }),
  ...(door === 'job' && { longRunning: true }),
  ...(signal && { signal }),
  ...(onStanding && { onStanding }),
  ...(address !== undefined && { address }),
});

/** Many answers that are large only together are too much as well; that they were given is still said. */
function within(room: { left: number }, result: BatchItemResult, language: Language): BatchItemResult {
  const size = JSON.stringify(result).length;
  if (size <= room.left || !result.result) {
    room.left -= size;
    return result;
  }
  const { service, tool, callId } = result;
  const error = new AppError('result_not_kept', { details: { limit: 'what a batch has room for' } });
  return { ...failed({ service, tool }, error, language), ...(callId !== undefined && { callId }) };
}

/** How an item ended that was not answered. Pure. */
export function failed(item: { service: string; tool: string }, error: AppError, language: Language): BatchItemResult {
  const { code, status, fields } = error;
  return { ...item, status, error: { code, ...error.text(language), ...(fields && { fields: [...fields] }) } };
}
