import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { JsonRefused, parseJsonAnswer } from '../../platform/index.js';
import { MessageTooComplex } from '../errors/upstream-failures.js';
import type { LongLine } from './line-splitter.js';

/** The cheap part of the check; the SDK's protocol layer looks at the rest when it sorts messages. */
export const isRpcMessage = (value: unknown): value is JSONRPCMessage =>
  typeof value === 'object' && value !== null && 'jsonrpc' in value && value.jsonrpc === '2.0';

const EDGE_BYTES = 256;

/**
 * One message as its service wrote it.
 *
 * @returns undefined for what is none
 * @throws {MessageTooComplex} parsing it would stall us
 */
export function readRpcMessage(bytes: Buffer): JSONRPCMessage | undefined {
  try {
    const value = parseJsonAnswer(bytes);
    return isRpcMessage(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    if (error.kind === 'malformed' || !looksLikeMessage(bytes)) return undefined;
    const edges = {
      head: bytes.toString('utf8', 0, EDGE_BYTES),
      tail: bytes.toString('utf8', bytes.length - EDGE_BYTES),
    };
    throw new MessageTooComplex(error.message, answeredId(edges));
  }
}

/** The id of the request that a message answers which is not parsed; serialisers put it either first or last. */
export function answeredId({ head, tail }: LongLine): number | undefined {
  const found = /^\{"jsonrpc":"2\.0","id":(\d+),/.exec(head) ?? /"id":(\d+)\}$/.exec(tail.trimEnd());
  return found ? Number(found[1]) : undefined;
}

/** Rather than a line of a log with many brackets. */
const looksLikeMessage = (bytes: Buffer): boolean =>
  bytes.toString('latin1', 0, EDGE_BYTES).trimStart().startsWith('{');
