import { Injectable } from '@nestjs/common';
import {
  ProtocolError,
  ProtocolErrorCode,
  SERVER_INFO_META_KEY,
  type JSONRPCErrorResponse,
  type JSONRPCResultResponse,
  type Result,
  type Server,
} from '@modelcontextprotocol/server';
import type { McpCaller } from '../caller.js';
import { protocolErrorOf } from '../http/rpc-error.js';
import { answering } from '../surface/method-handler.js';
import { PRIVATE, SERVER_INFO } from '../surface/server-info.js';
import { ToolMethods } from '../surface/tool-methods.js';
import { MODERN_CLIENT, clientOf, type CallingClient } from './calling-client.js';
import type { DirectCall, DirectList } from './direct-call.js';
import { directContext } from './direct-context.js';

export type DirectAnswer = JSONRPCResultResponse | JSONRPCErrorResponse;

/**
 * Answers plain tool calls, and a modern client's plain lists of tools, past the SDK's server, which would look at every request and every result with its schemas, and,
 * for a modern client, be made anew for each. The handlers behind it are the same.
 */
@Injectable()
export class DirectCalls {
  constructor(private readonly tools: ToolMethods) {}

  /** @param caller whose `gone` ends the call */
  async answerModern(call: DirectCall, caller: McpCaller): Promise<DirectAnswer> {
    const answer = await this.answer(call, caller, MODERN_CLIENT);
    return 'result' in answer ? { ...answer, result: stamped(answer.result) } : answer;
  }

  async listModern({ id, params }: DirectList, caller: McpCaller): Promise<DirectAnswer> {
    const handle = answering((_: DirectList['params'], context) => this.tools.list(context));
    try {
      const list = await handle({ params }, directContext({ id, params, era: 'modern' }, caller));
      return { jsonrpc: '2.0', id, result: stamped({ ...list, ...PRIVATE }) };
    } catch (error) {
      return { jsonrpc: '2.0', id, error: wireError(error) };
    }
  }

  /** @param server of the client's session */
  answerLegacy(call: DirectCall, caller: McpCaller, server: Server): Promise<DirectAnswer> {
    return this.answer(call, caller, clientOf(server));
  }

  private async answer(call: DirectCall, caller: McpCaller, client: CallingClient): Promise<DirectAnswer> {
    const { id, params } = call;
    const handle = answering((wanted: DirectCall['params'], context) => this.tools.answer(client, wanted, context));
    try {
      return { jsonrpc: '2.0', id, result: await handle({ params }, directContext(call, caller, client.server)) };
    } catch (error) {
      return { jsonrpc: '2.0', id, error: wireError(error) };
    }
  }
}

/** HTTP status of an answer to a modern client (2026-07-28, basic/transports): what its handler says is an answer, but for one thing. */
export const statusOf = (answer: DirectAnswer): number =>
  'error' in answer && answer.error.code === MISSING_CAPABILITY ? 400 : 200;

const MISSING_CAPABILITY: number = ProtocolErrorCode.MissingRequiredClientCapability;

/** Since 2026-07-28 each result says its kind and who gives it. */
const stamped = (result: Result): Result => ({
  resultType: 'complete',
  ...result,
  _meta: { [SERVER_INFO_META_KEY]: SERVER_INFO, ...result._meta },
});

function wireError(thrown: unknown): JSONRPCErrorResponse['error'] {
  const { code, message, data } = thrown instanceof ProtocolError ? thrown : protocolErrorOf(thrown);
  return { code, message, ...(data !== undefined && { data }) };
}
