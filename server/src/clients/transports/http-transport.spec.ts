import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { AddressPolicy, Egress } from '../../platform/index.js';
import { HttpTransport } from './http-transport.js';

const RESULT = { content: [{ type: 'text', text: 'hello' }] };
const ANSWER = { jsonrpc: '2.0', id: 7, result: RESULT };
const JSON_TYPE = { 'content-type': 'application/json' };
const LIMIT = 10_000;

describe('streamable HTTP', () => {
  const egress = new Egress(new AddressPolicy(['loopback']));
  let server: Server;
  let seen: IncomingHttpHeaders[];
  let answer: (response: ServerResponse) => void;
  let transport: HttpTransport;
  let heard: JSONRPCMessage[];

  beforeEach(async () => {
    seen = [];
    heard = [];
    server = createServer((request, response) => {
      seen.push(request.headers);
      request.resume().on('end', () => answer(response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    transport = new HttpTransport(egress, {
      url: new URL(`http://127.0.0.1:${port}/mcp?at=1`),
      headers: { Authorization: 'Bearer theirs', Accept: 'nothing' },
      maxBytes: LIMIT,
      onResponse: () => undefined,
    });
    transport.onmessage = (message) => void heard.push(message);
    await transport.start();
  });

  afterEach(async () => {
    await transport.close();
    server.close().closeAllConnections();
  });

  afterAll(() => egress.onApplicationShutdown());

  const ask = (meta?: Record<string, unknown>, headers?: Record<string, string>) =>
    transport.ask(
      { jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'ein Gerät', ...(meta && { _meta: meta }) } },
      { requestSignal: new AbortController().signal, ...(headers && { headers }) },
    );
  const json =
    (body: unknown) =>
    (response: ServerResponse): ServerResponse =>
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(body));

  it.each([
    ['in one piece', json(ANSWER)],
    [
      'in pieces of which nobody said how much they are',
      (response: ServerResponse) => {
        response
          .writeHead(200, { 'content-type': 'application/json; charset=utf-8' })
          .write('{"jsonrpc":"2.0","id":7,');
        response.end(`"result":${JSON.stringify(RESULT)}}`);
      },
    ],
  ])('takes a plain answer %s itself', async (_, how) => {
    answer = how;
    expect(await ask()).toEqual(ANSWER);
    expect([heard, seen.length]).toEqual([[], 1]);
  });

  it.each([
    [
      'an event stream',
      (r: ServerResponse) =>
        r.writeHead(200, { 'content-type': 'text/event-stream' }).end(`data: ${JSON.stringify(ANSWER)}\n\n`),
    ],
    ['a list of answers', json([ANSWER])],
    [
      'a packed answer',
      (r: ServerResponse) =>
        r.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(ANSWER))),
    ],
    [
      'one that is packed otherwise',
      (r: ServerResponse) =>
        r.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'br' }).end(brotliCompressSync(JSON.stringify(ANSWER))),
    ],
    [
      'one that is packed as of old',
      (r: ServerResponse) =>
        r.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'deflate' }).end(deflateSync(JSON.stringify(ANSWER))),
    ],
  ] as const)('hands the SDK %s, and asks once', async (_, how) => {
    answer = (response) => void how(response);
    const first = new Promise((resolve) => (transport.onmessage = resolve));
    expect(await ask()).toBeUndefined();
    expect(await first).toEqual(ANSWER);
    expect(seen).toHaveLength(1);
  });

  it.each([
    ['a refusal', (r: ServerResponse) => r.writeHead(404).end('no session'), /404|no session/],
    ['a redirect', (r: ServerResponse) => r.writeHead(307, { location: '/elsewhere' }).end(), /edirect/],
    ['no content at all', (r: ServerResponse) => r.writeHead(204).end(), /content type/i],
    ['a page', (r: ServerResponse) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>'), /content type/i],
    ['what is no JSON', (r: ServerResponse) => r.writeHead(200, JSON_TYPE).end('{"jsonrpc"'), /JSON/],
    ['too much', json({ ...ANSWER, result: 'x'.repeat(LIMIT) }), /MessageTooLarge|more than/],
    [
      'too much without saying so',
      (r: ServerResponse): void => void r.writeHead(200, JSON_TYPE).write('x'.repeat(LIMIT + 1)),
      /more than/,
    ],
    ['what is nested too deep', (r: ServerResponse) => r.writeHead(200, JSON_TYPE).end('['.repeat(5_000)), /deep/],
  ] as const)('fails for %s, and asks once', async (_, how, why) => {
    answer = (response) => void how(response);
    await expect(ask()).rejects.toThrow(why);
    expect([heard, seen.length]).toEqual([[], 1]);
  });

  it('says of itself what the specification wants, and keeps the service’s own headers', async () => {
    answer = json(ANSWER);
    transport.setProtocolVersion('2025-11-25');
    await ask();
    await ask({ 'io.modelcontextprotocol/protocolVersion': '2026-07-28' }, { 'Mcp-Param-City': 'Bern' });
    const common = {
      authorization: 'Bearer theirs',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    expect(seen).toMatchObject([
      { ...common, 'mcp-protocol-version': '2025-11-25' },
      {
        ...common,
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': `=?base64?${Buffer.from('ein Gerät').toString('base64')}?=`,
        'mcp-param-city': 'Bern',
      },
    ]);
    expect(seen[0]).not.toHaveProperty('mcp-method');
  });
});
