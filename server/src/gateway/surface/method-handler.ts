import { Logger } from '@nestjs/common';
import { ProtocolError } from '@modelcontextprotocol/server';
import type { CallContext } from '../call-context.js';
import { AppError } from '../../platform/index.js';
import { callerOf, type McpCaller } from '../caller.js';
import { protocolErrorOf } from '../http/rpc-error.js';

const logger = new Logger('McpSurface');

/** What the SDK calls for one method. */
type MethodHandler<P, R> = (request: { params: P }, context: CallContext) => Promise<R>;

/** What nobody expected, and what we cannot do, is for the operator too. */
export function logUnexpected(error: unknown): void {
  if (error instanceof ProtocolError || (error instanceof AppError && error.family !== 'ours')) return;
  logger.error({ err: error });
}

/** Errors of ours become errors of the protocol; what nobody expected is logged and shows nothing of itself. */
export function answering<P, R>(handle: (params: P, context: CallContext) => R | Promise<R>): MethodHandler<P, R> {
  return async ({ params }, context) => {
    try {
      return await handle(params, context);
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      logUnexpected(error);
      throw protocolErrorOf(error);
    }
  };
}

/** A list is always one page: a cursor is therefore never one of ours. */
export function listing<R>(list: (caller: McpCaller, context: CallContext) => R) {
  const answer = answering((params: { cursor?: string }, context) => {
    if (params.cursor !== undefined) {
      throw new AppError('validation_failed', {
        fields: [{ path: 'cursor', message: 'is not a cursor of this list' }],
      });
    }
    return list(callerOf(context), context);
  });
  return ({ params = {} }: { params?: { cursor?: string } }, context: CallContext): Promise<R> =>
    answer({ params }, context);
}
