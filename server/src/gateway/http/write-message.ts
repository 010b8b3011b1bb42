import { LRUCache } from 'lru-cache';
import type { ServerResponse } from 'node:http';
import { MARK, aroundLongText, splitAtMark } from '../../platform/index.js';

/** Of all lists that are kept as bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Shorter lists are written anew each time. */
const LONG = 50;

const written = new LRUCache<object, Buffer>({ maxSize: MOST_BYTES, sizeCalculation: ({ length }) => length });
const seen = new WeakSet<object>();

/**
 * Answers with one JSON-RPC message, or with several as an array, in one piece.
 *
 * A long list of tools is the same for many requests, and making its text is most of what answering one costs. Its bytes are
 * kept from the second time on that the very same list is written; lists are therefore never changed in place. A long text
 * goes out as its service wrote it.
 */
export function writeMessage(response: ServerResponse, status: number, message: object): void {
  const parts = partsOf(message);
  const bytes = parts.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes });
  const last = parts.pop();
  if (parts.length > 0) response.cork();
  for (const part of parts) response.write(part);
  response.end(last);
}

/** Its JSON text, in pieces where one of them was written before. */
function partsOf(message: object): (string | Buffer)[] {
  const list = longListIn(message);
  if (list) {
    const [head = '', tail = ''] = splitAtMark({ ...message, result: { ...resultOf(message), tools: MARK } });
    return [head, bytesOf(list), tail];
  }
  const around = aroundLongText(resultOf(message), (result) => ({ ...message, result }));
  return around ? [around.head, around.text, around.tail] : [JSON.stringify(message)];
}

const resultOf = (message: object): object | undefined => (message as { result?: object }).result;

function longListIn(message: object): readonly unknown[] | undefined {
  if (!('result' in message) || typeof message.result !== 'object' || message.result === null) return undefined;
  const { tools } = message.result as { tools?: unknown };
  return Array.isArray(tools) && tools.length >= LONG ? tools : undefined;
}

function bytesOf(list: readonly unknown[]): Buffer {
  const known = written.get(list);
  if (known) return known;
  const bytes = Buffer.from(JSON.stringify(list));
  if (seen.has(list)) written.set(list, bytes);
  else seen.add(list);
  return bytes;
}
