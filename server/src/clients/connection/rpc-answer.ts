import { ProtocolError, type JSONRPCMessage, type RequestId } from '@modelcontextprotocol/client';
import type { Era } from '../../services/index.js';
import type { RawResult } from './raw-result.js';
import { MalformedResult } from './result-shape.js';

/** A response to a request of ours. */
export type RpcAnswer = Exclude<JSONRPCMessage, { method: string }>;

/** Whether a parsed text is the one answer to the request of that id, and nothing else. */
export const isAnswerTo = (id: RequestId, value: unknown): value is RpcAnswer =>
  isObject(value) && value.jsonrpc === '2.0' && value.id === id && !('method' in value) && isComplete(value);

const isComplete = ({ result, error }: Json): boolean =>
  error === undefined
    ? isObject(result)
    : isObject(error) && typeof error.code === 'number' && typeof error.message === 'string';

/**
 * What an answer says.
 *
 * Since 2026-07-28 a result says its kind, and one that does not is complete (basic/patterns/mrtr). The mark is taken off a
 * complete one, so that answers of both eras look the same.
 *
 * @param mayBeTask whether the caller takes a task in place of the answer
 * @throws {ProtocolError} the service's own error
 * @throws {MalformedResult} it is no result, or of a kind that was not asked for
 */
export function resultOf(method: string, answer: RpcAnswer, era: Era, mayBeTask = false): RawResult {
  if ('error' in answer) {
    const { code, message, data } = answer.error;
    throw ProtocolError.fromError(code, message, data);
  }
  const result: unknown = answer.result;
  if (!isObject(result)) throw new MalformedResult(`${method}: the result is not an object`);
  const { resultType } = result;
  if (resultType === undefined) return result;
  if (era === 'legacy' || resultType === 'complete') return withoutKind(result);
  if (resultType === 'task' && mayBeTask) return result;
  if (resultType !== 'input_required') throw new MalformedResult(`${method}: a result of an unknown kind`);
  if (isObject(result['inputRequests']) || typeof result['requestState'] === 'string') return result;
  throw new MalformedResult(`${method}: it needs input, and does not say which`);
}

const withoutKind = ({ resultType: _, ...result }: Json): Json => result;

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
