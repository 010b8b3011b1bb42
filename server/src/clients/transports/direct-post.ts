import type { IncomingHttpHeaders } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { BodyTooLarge, type Egress, type PostAnswer } from '../../platform/index.js';
import { MessageTooLarge } from '../errors/upstream-failures.js';

/** What a service answered to a POST: a JSON text in one piece, as it came, or anything else, of which nothing was read yet. */
export type PostReply = { readonly json: Buffer } | { readonly response: Response };

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const NO_BODY = new Set([204, 205, 304]);

/**
 * Posts messages to a streamable HTTP service.
 *
 * The usual answer, JSON as it is, is read at once. Everything else (event streams, refusals, packed answers) is handed out
 * as a response for the SDK's transport, which knows what each of them means.
 */
export class DirectPost {
  private readonly headers: Readonly<Record<string, string>>;

  /**
   * @param headers of the service's own; its credentials are among them
   * @param onResponse called when the other side answered at all, whatever it answered
   */
  constructor(
    private readonly egress: Pick<Egress, 'post'>,
    private readonly url: URL,
    headers: Readonly<Record<string, string>>,
    private readonly maxBytes: number,
    private readonly onResponse: () => void,
  ) {
    this.headers = {
      ...lowerCased(headers),
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'accept-encoding': 'gzip, deflate, br',
    };
  }

  /** @throws {MessageTooLarge} · what the egress client throws */
  async send(body: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<PostReply> {
    try {
      const answer = await this.egress.post(this.url, {
        headers: { ...this.headers, ...headers },
        body,
        signal,
        isWanted: this.isWanted,
        mostBytes: this.maxBytes,
      });
      return 'whole' in answer ? { json: answer.whole } : { response: asResponse(answer) };
    } catch (error) {
      throw error instanceof BodyTooLarge ? new MessageTooLarge(error.mostBytes) : error;
    }
  }

  private readonly isWanted = (statusCode: number, headers: IncomingHttpHeaders): boolean => {
    this.onResponse();
    return statusCode === 200 && isPlainJson(headers);
  };
}

const isPlainJson = (headers: IncomingHttpHeaders): boolean =>
  headers['content-encoding'] === undefined && /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');

/** The same answer as `fetch` would give it. */
function asResponse({
  statusCode: status,
  headers,
  stream: body,
}: Extract<PostAnswer, { stream: Readable }>): Response {
  const { 'content-encoding': encoding = '', ...rest } = headers;
  const decoder = DECODERS[String(encoding)]?.();
  if (decoder) delete rest['content-length'];
  // An error of either stream ends the other.
  const decoded: Readable = decoder ? body.compose<Transform>(decoder) : body;
  if (NO_BODY.has(status)) body.resume();
  return new Response(NO_BODY.has(status) ? null : asWebStream(decoded), {
    status,
    headers: Object.entries(rest).flatMap(([name, value]) => pairsOf(name, value)),
  });
}

const pairsOf = (name: string, value: string | string[] | undefined): [string, string][] =>
  (typeof value === 'string' ? [value] : (value ?? [])).map((each) => [name, each]);

const asWebStream = (stream: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(stream) as ReadableStream<Uint8Array>;

const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
