import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { answerText, deepText, keyRichText, textResult, type RpcRequest } from './protocol.ts';

/** Answers one tool call as no service should. */
export type HttpFault = (request: RpcRequest, response: ServerResponse) => void;

const MIB = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };
const SSE_TYPE = { 'content-type': 'text/event-stream' };

const good = ({ id }: RpcRequest, text = 'fine'): string => answerText(id, textResult(text));
const event = (data: string): string => `event: message\ndata: ${data}\n\n`;
const notification = (method: string, params: object): string => JSON.stringify({ jsonrpc: '2.0', method, params });
const as =
  (type: string, body: (request: RpcRequest) => string): HttpFault =>
  (request, response) =>
    response.writeHead(200, { 'content-type': type }).end(body(request));
const json = (body: (request: RpcRequest) => string): HttpFault => as('application/json', body);
const sse = (body: (request: RpcRequest) => string): HttpFault => as('text/event-stream', body);

/** Sends letters for as long as anybody reads. */
function pour(response: ServerResponse): void {
  const letters = 'x'.repeat(64 * 1024);
  const more = (): void => {
    while (!response.destroyed && response.write(letters));
  };
  response.on('drain', more);
  more();
}

const flood = (id: RpcRequest['id']): string =>
  Array.from({ length: 10_000 }, (_, each) =>
    event(
      each % 2
        ? notification('notifications/progress', { progressToken: `${String(id)}-other`, progress: each })
        : notification('notifications/message', { level: 'error', data: `noise ${each}` }),
    ),
  ).join('');

/** Everything a service does wrong over HTTP, by the name of the tool that does it. */
export const HTTP_FAULTS = {
  'wrong-id': json(() => answerText(987_654, textResult('for somebody else'))),
  'answers-twice': sse((request) => event(good(request, 'first')) + event(good(request, 'second'))),
  silent: () => undefined,
  'only-headers': (_request, response) => void response.writeHead(200, JSON_TYPE).flushHeaders(),
  'one-byte-at-a-time': (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    const drip = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(drip));
  },
  'endless-body': (_request, response) => {
    response.writeHead(200, JSON_TYPE).write('{"jsonrpc":"2.0","result":"');
    pour(response);
  },
  'announced-100-mb': (_request, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': 100 * MIB });
    pour(response);
  },
  'gzip-bomb': (_request, response) => {
    const bomb = gzipSync(Buffer.alloc(64 * MIB, ' '));
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb);
  },
  'endless-event': (_request, response) => {
    response.writeHead(200, SSE_TYPE).write('data: ');
    pour(response);
  },
  'deep-json': json(({ id }) => deepText(id)),
  'deep-event': sse(({ id }) => event(deepText(id))),
  'key-rich-json': json(({ id }) => keyRichText(id)),
  'key-rich-event': sse(({ id }) => event(keyRichText(id))),
  'notification-flood': sse((request) => flood(request.id) + event(good(request))),
  html: as('text/html', () => '<!doctype html><title>Welcome</title>'),
  'plain-text': as('text/plain', (request) => good(request)),
  'no-content-type': (request, response) => void response.writeHead(200).end(good(request)),
  'two-documents': json((request) => good(request) + good(request)),
  'half-a-document': json((request) => good(request).slice(0, 40)),
  'no-json-rpc': json(() => '{"ok":true}'),
  'result-is-text': json(({ id }) => answerText(id, 'fine')),
  'result-is-null': json(({ id }) => answerText(id, null)),
  'content-is-text': json(({ id }) => answerText(id, { resultType: 'complete', content: 'fine' })),
  'unknown-result-type': json(({ id }) => answerText(id, { ...textResult('fine'), resultType: 'example.com/odd' })),
  'accepted-only': (_request, response) => void response.writeHead(202).end(),
  'stream-ends-early': sse(() => event(notification('notifications/message', { level: 'info', data: 'soon' }))),
  'server-error': (_request, response) => void response.writeHead(500).end('oops'),
  unavailable: (_request, response) => void response.writeHead(503, { 'retry-after': '1000000000' }).end(),
  redirect: (request, response) => void response.writeHead(307, { location: `/elsewhere?${String(request.id)}` }).end(),
} as const satisfies Record<string, HttpFault>;

export type HttpFaultName = keyof typeof HTTP_FAULTS;
