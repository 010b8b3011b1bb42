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
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length <= MAX_BYTES) return;
      // Paused, not ended, so that the refusal still reaches whoever sends too much.
      request.off('data', take).pause();
      request.off('close', fail);
      reject(tooLarge());
    };
    const end = (): void => {
      request.off('close', fail);
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length));
    };
    const fail = (error?: Error): void => reject(error ?? new Error('The request ended early.'));
    request.on('data', take).on('end', end).on('error', fail).on('close', fail);
  });
}

const tooLarge = (): AppError => new AppError('payload_too_large', { details: { limit: '1 MiB' } });
