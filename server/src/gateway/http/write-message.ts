import { randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ServerResponse } from 'node:http';

/** Of all lists that are kept as bytes. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Shorter lists are written anew each time. */
const LONG = 50;

/** Stands where the list goes; nobody can know it, so nothing of a message can be taken for it. */
const MARK = randomUUID();
const WRITTEN_MARK = `"${MARK}"`;

const written = new LRUCache<object, Buffer>({ maxSize: MOST_BYTES, sizeCalculation: ({ length }) => length });
const seen = new WeakSet<object>();

/**
 * Answers with one JSON-RPC message, or with several as an array, in one piece.
 *
 * A long list of tools is the same for many requests, and making its text is most of what answering one costs. Its bytes are
 * kept from the second time on that the very same list is written; lists are therefore never changed in place.
 */
export function writeMessage(response: ServerResponse, status: number, message: object): void {
  const list = longListIn(message);
  const { result } = message as { result?: object };
  const text = JSON.stringify(list ? { ...message, result: { ...result, tools: MARK } } : message);
  const bytes = list && bytesOf(list);
  const length = Buffer.byteLength(text) + (bytes ? bytes.length - WRITTEN_MARK.length : 0);
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': length });
  if (!bytes) return void response.end(text);
  const [head = '', tail = ''] = text.split(WRITTEN_MARK);
  response.cork();
  response.write(head);
  response.write(bytes);
  response.end(tail);
}

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
