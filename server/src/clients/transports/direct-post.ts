import type { IncomingHttpHeaders } from 'node:http';
import { Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Egress } from '../../platform/index.js';
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
    const answer = await this.egress.post(this.url, {
      headers: { ...this.headers, ...headers },
      body,
      ...(signal && { signal }),
    });
    this.onResponse();
    if (answer.statusCode !== 200 || !isPlainJson(answer.headers)) return { response: asResponse(answer) };
    return { json: await this.read(answer) };
  }

  private async read({ headers, body }: PostAnswer): Promise<Buffer> {
    const announced = Number(headers['content-length'] ?? Number.NaN);
    if (announced <= this.maxBytes) return Buffer.from(await body.arrayBuffer());
    const chunks: Buffer[] = [];
    let bytes = 0;
    if (Number.isNaN(announced)) {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > this.maxBytes) break;
        chunks.push(chunk);
      }
      if (bytes <= this.maxBytes) return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, bytes);
    }
    body.destroy();
    throw new MessageTooLarge(this.maxBytes);
  }
}

type PostAnswer = Awaited<ReturnType<Egress['post']>>;

const isPlainJson = (headers: IncomingHttpHeaders): boolean =>
  headers['content-encoding'] === undefined && /^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '');

/** The same answer as `fetch` would give it. */
function asResponse({ statusCode: status, headers, body }: PostAnswer): Response {
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
