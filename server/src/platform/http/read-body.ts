import type { IncomingMessage } from 'node:http';
import { AppError } from '../errors/app-error.js';

const MAX_BYTES = 1024 * 1024;

/**
 * The bytes of a request's body, at most 1 MiB.
 *
 * @throws {AppError} `payload_too_large` · `unsupported_media_type` for a compressed body, which could be any size inside
 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (request.headers['content-encoding']) throw new AppError('unsupported_media_type');
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  // Left open when we stop reading, so that the refusal still reaches whoever sends too much.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
}

const tooLarge = (): AppError => new AppError('payload_too_large', { details: { limit: '1 MiB' } });
