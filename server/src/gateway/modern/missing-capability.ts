import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { InputUnavailable } from '../../clients/index.js';
import { protocolErrorOf } from '../http/rpc-error.js';

/**
 * What a modern client is told when a call ended because the client cannot do what the service needs: `-32021` with the
 * capabilities that would have helped. A service's own `-32021` speaks of its hop to us, and never comes through as it is.
 */
export function withMissingCapability(error: unknown): unknown {
  if (!(error instanceof InputUnavailable)) return error;
  const { requiredCapabilities } = error;
  const { message, data } = protocolErrorOf(error);
  return new ProtocolError(ProtocolErrorCode.MissingRequiredClientCapability, message, {
    ...(data as object),
    requiredCapabilities,
  });
}
