import { Injectable } from '@nestjs/common';
import type { JSONRPCMessage } from '@modelcontextprotocol/server';
import { createParser } from 'eventsource-parser';
import type { McpCaller } from '../caller.js';
import { ModernDoor } from './modern-door.js';
import { modernHeaders } from './modern-headers.js';

const VERSION = '2026-07-28';
const ENVELOPE = 'io.modelcontextprotocol/';
const CLIENT_INFO = { name: 'gatehouse-inspector', title: 'Gatehouse inspector', version: '1' };
const ID = 1;

/** One request, as somebody wrote it by hand. Not one whose answer never ends (`subscriptions/listen`). */
export interface Rehearsed {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Sends a request that did not come over HTTP through the door of modern clients: it is the request of a client that can be
 * asked nothing.
 */
@Injectable()
export class Rehearsal {
  constructor(private readonly door: ModernDoor) {}

  /** @returns every message of the answer, the response last; each went to `caller.tap` as well */
  async send({ method, params }: Rehearsed, caller: McpCaller): Promise<readonly JSONRPCMessage[]> {
    const body = { jsonrpc: '2.0', id: ID, method, params: { ...params, _meta: envelope(params['_meta']) } };
    caller.tap?.()?.note('client', 'in', body);
    const request = new Request('http://gatehouse/mcp', {
      method: 'POST',
      headers: modernHeaders(body),
      signal: caller.gone,
    });
    const over: (() => void)[] = [];
    try {
      const answer = await this.door.answer({ request, caller, body, whenOver: (then) => over.push(then) });
      const messages = messagesIn(answer.headers.get('content-type') ?? '', await answer.text());
      for (const message of messages) caller.tap?.()?.note('client', 'out', message);
      return messages;
    } finally {
      for (const then of over) then();
    }
  }
}

const envelope = (meta: unknown): object => ({
  ...(typeof meta === 'object' && meta !== null ? meta : {}),
  [`${ENVELOPE}protocolVersion`]: VERSION,
  [`${ENVELOPE}clientInfo`]: CLIENT_INFO,
  [`${ENVELOPE}clientCapabilities`]: {},
});

function messagesIn(contentType: string, text: string): JSONRPCMessage[] {
  if (!contentType.startsWith('text/event-stream')) return text === '' ? [] : [JSON.parse(text) as JSONRPCMessage];
  const messages: JSONRPCMessage[] = [];
  const parser = createParser({
    onEvent: ({ data }) => data !== '' && messages.push(JSON.parse(data) as JSONRPCMessage),
  });
  parser.feed(text);
  return messages;
}
