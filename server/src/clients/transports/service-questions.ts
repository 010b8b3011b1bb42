import type { JSONRPCMessage, JSONRPCRequest, RequestId } from '@modelcontextprotocol/client';
import type { ForeignObject } from '../../services/index.js';
import { QuestionRefused, REFUSAL } from '../questions/question-refused.js';

/** Answers one question. @throws {QuestionRefused} */
export type Answerer = (
  question: { method: string; params: unknown },
  cancelled: AbortSignal,
) => ForeignObject | Promise<ForeignObject>;

type Reply = (message: JSONRPCMessage) => Promise<void>;

/** The requests of a legacy service to us, each answered exactly once, unless the service gives it up. */
export class ServiceQuestions {
  private readonly open = new Map<RequestId, AbortController>();

  /** @throws what `reply` throws, which sends the answer */
  async take({ id, method, params }: JSONRPCRequest, answer: Answerer, reply: Reply): Promise<void> {
    if (this.open.has(id)) return reply(refusal(id, new QuestionRefused(REFUSAL.invalidRequest, 'The id is in use')));
    const cancelled = new AbortController();
    this.open.set(id, cancelled);
    try {
      const result = await answer({ method, params }, cancelled.signal);
      if (this.open.delete(id)) await reply({ jsonrpc: '2.0', id, result: { ...result } });
    } catch (error) {
      if (this.open.delete(id)) await reply(refusal(id, error));
      else if (!cancelled.signal.aborted) throw error;
    }
  }

  /** @returns whether it was one of these */
  cancel(id: RequestId | undefined): boolean {
    const cancelled = id === undefined ? undefined : this.open.get(id);
    if (id === undefined || !cancelled) return false;
    this.open.delete(id);
    cancelled.abort(new Error('the service gave its question up'));
    return true;
  }

  cancelAll(): void {
    for (const id of [...this.open.keys()]) this.cancel(id);
  }
}

function refusal(id: RequestId, error: unknown): JSONRPCMessage {
  const { code, message, data } =
    error instanceof QuestionRefused ? error : new QuestionRefused(REFUSAL.gone, 'The client could not answer');
  return { jsonrpc: '2.0', id, error: { code, message, ...(data !== undefined && { data }) } };
}
