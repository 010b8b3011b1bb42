import { Injectable } from '@nestjs/common';
import { createMcpHandler, type JSONRPCMessage } from '@modelcontextprotocol/server';
import { createParser } from 'eventsource-parser';
import { authInfoOf, type McpCaller } from '../caller.js';
import { McpSurface } from '../surface/mcp-surface.js';

const VERSION = '2026-07-28';
const ENVELOPE = 'io.modelcontextprotocol/';
const CLIENT_INFO = { name: 'gatehouse-inspector', title: 'Gatehouse inspector', version: '1' };
const ID = 1;

/** One request, as somebody wrote it by hand. */
export interface Rehearsed {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/**
 * Answers a request that did not come over HTTP as the endpoint would: the same surface, the same path of a call. It is
 * the request of a client of 2026-07-28 that can be asked nothing.
 */
@Injectable()
export class Rehearsal {
  constructor(private readonly surface: McpSurface) {}

  /** @returns every message of the answer, the response last; each went to `caller.tap` as well */
  async send({ method, params }: Rehearsed, caller: McpCaller): Promise<readonly JSONRPCMessage[]> {
    const body = { jsonrpc: '2.0', id: ID, method, params: { ...params, _meta: envelope(params['_meta']) } };
    const handler = createMcpHandler(() => this.surface.serverFor(caller, method === 'server/discover'), {
      legacy: 'reject',
    });
    try {
      caller.tap?.()?.note('client', 'in', body);
      const answer = await handler.fetch(requestFor(body, caller.gone), {
        authInfo: authInfoOf(caller),
        parsedBody: body,
      });
      const messages = messagesIn(answer.headers.get('content-type') ?? '', await answer.text());
      for (const message of messages) caller.tap?.()?.note('client', 'out', message);
      return messages;
    } finally {
      await handler.close();
    }
  }
}

const envelope = (meta: unknown): object => ({
  ...(typeof meta === 'object' && meta !== null ? meta : {}),
  [`${ENVELOPE}protocolVersion`]: VERSION,
  [`${ENVELOPE}clientInfo`]: CLIENT_INFO,
  [`${ENVELOPE}clientCapabilities`]: {},
});

function requestFor(
  { method, params }: { method: string; params: Record<string, unknown> },
  signal: AbortSignal,
): Request {
  const headers = new Headers({
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': VERSION,
    'mcp-method': headerValue(method),
  });
  const name = params['name'] ?? params['uri'];
  if (typeof name === 'string') headers.set('mcp-name', headerValue(name));
  return new Request('http://gatehouse/mcp', { method: 'POST', headers, signal });
}

/** What no header can carry travels in base64 (MCP 2026-07-28, transports). */
const headerValue = (text: string): string =>
  /^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/.test(text) && !text.startsWith('=?base64?')
    ? text
    : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`;

function messagesIn(contentType: string, text: string): JSONRPCMessage[] {
  if (!contentType.startsWith('text/event-stream')) return text === '' ? [] : [JSON.parse(text) as JSONRPCMessage];
  const messages: JSONRPCMessage[] = [];
  const parser = createParser({
    onEvent: ({ data }) => data !== '' && messages.push(JSON.parse(data) as JSONRPCMessage),
  });
  parser.feed(text);
  return messages;
}
