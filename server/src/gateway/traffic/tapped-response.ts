import { createParser, type EventSourceParser } from 'eventsource-parser';
import type { ServerResponse } from 'node:http';
import { TextDecoder } from 'node:util';
import type { CurrentTap } from './traffic.js';

/** Of one answer in one piece; a longer one is not shown. */
const LONGEST_BODY = 8 * 1024 * 1024;

type Chunk = string | Uint8Array | undefined;

/**
 * Shows what is written to a response to whoever looks: JSON in one piece, or event by event. What the client gets stays the same.
 *
 * V8 makes a function old from the start that is written as the right side of `object.property = …`, and with it all that it
 * reaches is kept until the next full collection: here, every request. Hence the names.
 */
export function tapResponse(response: ServerResponse, tap: CurrentTap): void {
  const reader = new AnswerReader(response, tap);
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => ServerResponse;
  const readAndWrite = (chunk: Chunk, ...rest: unknown[]): boolean => {
    reader.read(chunk);
    return write(chunk, ...rest);
  };
  const readAndEnd = (chunk?: Chunk, ...rest: unknown[]): ServerResponse => {
    if (typeof chunk !== 'function') reader.read(chunk);
    reader.finish();
    return end(chunk, ...rest);
  };
  response.write = readAndWrite as typeof response.write;
  response.end = readAndEnd as typeof response.end;
}

class AnswerReader {
  // Made when somebody looks, which is seldom.
  private decoder: TextDecoder | undefined;
  private events: EventSourceParser | undefined;
  private body = '';

  constructor(
    private readonly response: ServerResponse,
    private readonly tap: CurrentTap,
  ) {}

  read(chunk: Chunk): void {
    if (chunk === undefined || chunk === null || !this.tap()) return;
    const text =
      typeof chunk === 'string' ? chunk : (this.decoder ??= new TextDecoder()).decode(chunk, { stream: true });
    if (this.isStream) this.parser().feed(text);
    else if (this.body.length <= LONGEST_BODY) this.body += text;
  }

  finish(): void {
    if (this.body !== '' && !this.isStream && this.body.length <= LONGEST_BODY) this.show(this.body);
  }

  private parser(): EventSourceParser {
    return (this.events ??= createParser({ onEvent: ({ data }) => this.show(data) }));
  }

  private get isStream(): boolean {
    return String(this.response.getHeader('content-type') ?? '').startsWith('text/event-stream');
  }

  private show(json: string): void {
    const tap = this.tap();
    if (json === '' || !tap) return;
    try {
      const parsed: unknown = JSON.parse(json);
      for (const message of Array.isArray(parsed) ? parsed : [parsed]) tap.note('client', 'out', message);
    } catch {
      tap.note('client', 'out', { text: json });
    }
  }
}
