import { ProtocolError } from '@modelcontextprotocol/server';
import { AppError } from '../../platform/index.js';
import { protocolErrorOf } from '../http/rpc-error.js';

/** How services say that a resource does not exist: until 2025-11-25, and since. */
const NO_SUCH_RESOURCE: readonly unknown[] = [-32_002, -32_602];

/**
 * A resource that does not exist, is not the caller's, or is unknown to its service: the same answer to clients of both eras,
 * which names the address that was asked for.
 *
 * @param uri as the client wrote it
 * @throws {ProtocolError} `-32602` instead, with the address in `data.uri`
 */
export async function namingResource<R>(uri: string, read: () => Promise<R>): Promise<R> {
  try {
    return await read();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    const { code, message, data } = protocolErrorOf(new AppError('not_found'));
    throw new ProtocolError(code, message, { ...(data as object), uri });
  }
}

function isNotFound(error: unknown): boolean {
  if (!(error instanceof AppError)) return false;
  if (error.code === 'not_found') return true;
  const said = (error.cause as { code?: unknown } | undefined)?.code;
  return error.code === 'upstream_error' && NO_SUCH_RESOURCE.includes(said);
}
