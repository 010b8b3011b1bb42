import { isJSONRPCRequest, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/server';
import { createParser } from 'eventsource-parser';
import type { McpCaller } from '../caller.js';
import type { ModernDoor } from '../modern/modern-door.js';
import { modernHeaders } from '../modern/modern-headers.js';

/** The modern requests of one socket: each an exchange of its own, exactly as by HTTP, whose answer goes out on the socket. */
export class SocketModern {
  private readonly open = new Map<RequestId, AbortController>();

  /** @param send resolves when the client took it */
  constructor(
    private readonly door: Pick<ModernDoor, 'answer'>,
    private readonly send: (text: string) => Promise<void>,
  ) {}

  get openRequests(): number {
    return this.open.size;
  }

  has(id: RequestId): boolean {
    return this.open.has(id);
  }

  cancel(id: RequestId): void {
    this.open.get(id)?.abort();
  }

  /** @throws what the door throws before there is an answer */
  async take(message: JSONRPCMessage, caller: McpCaller): Promise<void> {
    const id = isJSONRPCRequest(message) ? message.id : undefined;
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, caller.gone]);
    const over: (() => void)[] = [];
    if (id !== undefined) this.open.set(id, stop);
    try {
      const headers = modernHeaders({ ...message });
      const answer = await this.door.answer({
        request: new Request('http://gatehouse/mcp', { method: 'POST', headers, signal }),
        caller: { ...caller, gone: signal },
        body: message,
        whenOver: (then) => over.push(then),
      });
      await this.forward(answer, signal);
    } finally {
      if (id !== undefined) this.open.delete(id);
      for (const then of over) then();
    }
  }

  private async forward(answer: Response, signal: AbortSignal): Promise<void> {
    if (!answer.body) return;
    if (!answer.headers.get('content-type')?.startsWith('text/event-stream')) {
      const text = await answer.text();
      if (text !== '' && !signal.aborted) await this.send(text);
      return;
    }
    for await (const text of eventTexts(answer.body, signal)) await this.send(text);
  }
}

/** The data of each event; ends early when nobody waits for them any more. */
async function* eventTexts(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const texts: string[] = [];
  const parser = createParser({ onEvent: ({ data }) => void (data !== '' && texts.push(data)) });
  const decoder = new TextDecoder();
  const reader = body.getReader();
  const stop = (): void => void reader.cancel().catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  for (let part = await reader.read(); !part.done && !signal.aborted; part = await reader.read()) {
    parser.feed(decoder.decode(part.value, { stream: true }));
    yield* texts.splice(0);
  }
  signal.removeEventListener('abort', stop);
}
