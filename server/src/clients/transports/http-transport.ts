import { AsyncLocalStorage } from 'node:async_hooks';
import {
  PROTOCOL_VERSION_META_KEY,
  StreamableHTTPClientTransport,
  type FetchLike,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type TransportSendOptions,
} from '@modelcontextprotocol/client';
import { JsonRefused, type Egress } from '../../platform/index.js';
import { encodeHeaderValue } from '../connection/param-headers.js';
import { isAnswerTo } from '../connection/rpc-answer.js';
import { bounded, boundedFetch, jsonIn } from './bounded-fetch.js';
import { DirectPost } from './direct-post.js';

export interface HttpSettings {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxBytes: number;
  /** Called when the other side answered at all, whatever it answered. */
  readonly onResponse: () => void;
}

/**
 * Streamable HTTP with a short way for requests whose answer is plain JSON: posted and read without the SDK, whose transport
 * does everything else (event streams, resumption, refusals) with the very response that came. Nothing is sent twice.
 */
export class HttpTransport extends StreamableHTTPClientTransport {
  private readonly post: DirectPost;
  private readonly handed: AsyncLocalStorage<{ response?: Response }>;
  private readonly maxBytes: number;

  constructor(egress: Pick<Egress, 'fetch' | 'post'>, { url, headers, maxBytes, onResponse }: HttpSettings) {
    const handed = new AsyncLocalStorage<{ response?: Response }>();
    super(url, {
      fetch: orHanded(handed, boundedFetch(egress, maxBytes, onResponse)),
      // `manual`: a redirect is an answer, never followed, because our credentials would go along.
      requestInit: { headers, redirect: 'manual' },
    });
    this.handed = handed;
    this.maxBytes = maxBytes;
    this.post = new DirectPost(egress, url, headers, maxBytes, onResponse);
  }

  /** @returns the answer; undefined when it will come by `onmessage`, as after `send` */
  async ask(message: JSONRPCRequest, options: TransportSendOptions): Promise<JSONRPCMessage | undefined> {
    const reply = await this.post.send(
      JSON.stringify(message),
      this.headersOf(message, options),
      options.requestSignal,
    );
    if ('json' in reply) {
      const answer = parsed(reply.json);
      if (isAnswerTo(message.id, answer)) return answer;
    }
    const response = 'json' in reply ? asJson(reply.json) : bounded(reply.response, this.maxBytes);
    await this.handed.run({ response }, () => this.send(message, options));
    return undefined;
  }

  /** As the specification wants them (2026-07-28 and 2025-11-25, basic/transports). */
  private headersOf({ method, params }: JSONRPCRequest, { headers }: TransportSendOptions): Record<string, string> {
    const claimed = params?._meta?.[PROTOCOL_VERSION_META_KEY];
    const version = typeof claimed === 'string' ? claimed : this.protocolVersion;
    const name = params?.[NAMED_BY[method] ?? ''];
    return {
      ...headers,
      ...(this.sessionId !== undefined && { 'mcp-session-id': this.sessionId }),
      ...(version !== undefined && { 'mcp-protocol-version': version }),
      ...(typeof claimed === 'string' && { 'mcp-method': method }),
      ...(typeof claimed === 'string' && typeof name === 'string' && { 'mcp-name': encodeHeaderValue(name) }),
    };
  }
}

/** Which parameter of a request `Mcp-Name` repeats (2026-07-28, basic/transports). */
const NAMED_BY: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
};

/** Once only: what the SDK asks for later, a stream to be resumed for example, goes out as usual. */
function orHanded(handed: AsyncLocalStorage<{ response?: Response }>, fetch: FetchLike): FetchLike {
  return (url, init) => {
    const slot = handed.getStore();
    const response = slot?.response;
    if (!slot || !response) return fetch(url, init);
    delete slot.response;
    return Promise.resolve(response);
  };
}

/** @throws {MessageTooComplex} */
function parsed(json: Buffer): unknown {
  try {
    return jsonIn(json);
  } catch (error) {
    if (error instanceof JsonRefused) return undefined;
    throw error;
  }
}

const asJson = (json: Buffer): Response =>
  new Response(new Uint8Array(json), { headers: { 'content-type': 'application/json' } });
