import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AppError } from '../errors/app-error.js';
import { turnAway, type TurnAwayOptions } from './turn-away.js';

let server: Server;
let connections: number;
let arrived: string[];
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

async function serve(options: TurnAwayOptions): Promise<void> {
  [connections, arrived] = [0, []];
  server = createServer((request, response) => {
    arrived.push(`${request.method} ${request.url}`);
    turnAway(request, response, new AppError('queue_full', { details: { seconds: 3 } }), options);
  }).listen(0, '127.0.0.1');
  server.on('connection', () => (connections += 1));
  await once(server, 'listening');
}

async function post(body: string, headers: Record<string, string | number> = {}): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const request = httpRequest({ port, path: '/mcp', method: 'POST', agent, headers });
  request.on('error', () => undefined).end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  expect(JSON.parse(await text(response))).toMatchObject({ error: { code: 'queue_full' } });
  return response;
}

afterEach(() => server.close());
afterAll(() => agent.destroy());

describe('whoever is turned away', () => {
  it('is told why, and when to come back', async () => {
    await serve({ retrySeconds: 3 });
    const { statusCode, headers } = await post('{}');
    expect([statusCode, headers['retry-after'], headers['cache-control']]).toEqual([503, '3', 'no-store']);
  });

  it('keeps the connection where it may go on, and what was not read is no request', async () => {
    await serve({ mayGoOn: true });
    const body = 'POST /stolen HTTP/1.1\r\nHost: x\r\n\r\n';
    for (let time = 0; time < 3; time += 1) await post(body, { 'content-length': body.length });
    expect([connections, arrived]).toEqual([1, ['POST /mcp', 'POST /mcp', 'POST /mcp']]);
  });

  it.each([
    ['where it must not go on', {}, '{}', { 'content-length': 2 }],
    ['with a long body', { mayGoOn: true }, 'x'.repeat(65_537), { 'content-length': 65_537 }],
    ['with a body of unknown length', { mayGoOn: true }, '{}', { 'transfer-encoding': 'chunked' }],
  ])('loses the connection %s', async (_, options, body, headers) => {
    await serve(options);
    for (let time = 0; time < 2; time += 1) expect((await post(body, headers)).headers.connection).toBe('close');
    expect(connections).toBe(2);
  });
});
