import { createServer, type RequestListener, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { AddressPolicy, Egress } from '../../platform/index.js';
import { boundedFetch } from './bounded-fetch.js';

const LIMIT = 1_000;

describe('a fetch with bounds', () => {
  const egress = new Egress(new AddressPolicy(['loopback']));
  const servers: Server[] = [];
  let responses = 0;
  const get = async (answer: RequestListener) => {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address() as { port: number };
    return boundedFetch(egress, LIMIT, () => (responses += 1))(`http://127.0.0.1:${address.port}/`);
  };

  afterAll(async () => {
    await egress.onApplicationShutdown();
    for (const server of servers) server.close().closeAllConnections();
  });

  it.each([LIMIT - 1, LIMIT, LIMIT + 1])(
    'lets %i bytes through when they fit, whether announced or not',
    async (length) => {
      const body = 'x'.repeat(length);
      const announced = get((_request, response) => void response.setHeader('content-length', length).end(body)).then(
        (each) => each.text(),
      );
      const chunked = get((_request, response) => void response.write(body, () => response.end())).then((each) =>
        each.text(),
      );
      if (length <= LIMIT) expect(await Promise.all([announced, chunked])).toEqual([body, body]);
      else for (const each of [announced, chunked]) await expect(each).rejects.toThrow('MessageTooLarge');
    },
  );

  it.each([
    [429, '7', 7],
    [503, '0', 1],
    [503, '1000000000', 60],
    [429, new Date(Date.now() + 3_600_000).toUTCString(), 60],
  ])('makes a pause of %i with Retry-After: %s', async (status, wanted, seconds) => {
    const answer = get((_request, response) => void response.writeHead(status, { 'retry-after': wanted }).end('busy'));
    await expect(answer).rejects.toMatchObject({ name: 'ServiceBusy', seconds });
  });

  it.each([
    [429, undefined],
    [503, 'soon'],
    [500, '7'],
  ])('hands on %i with Retry-After: %s', async (status, wanted) => {
    const headers = wanted === undefined ? {} : { 'retry-after': wanted };
    expect((await get((_request, response) => void response.writeHead(status, headers).end())).status).toBe(status);
  });

  it('counts what a compressed answer unpacks to', async () => {
    const bomb = gzipSync('x'.repeat(100_000));
    expect(bomb.length).toBeLessThan(LIMIT);
    const headers = { 'content-encoding': 'gzip', 'content-length': bomb.length };
    const response = await get((_request, answer) => void answer.writeHead(200, headers).end(bomb));
    await expect(response.text()).rejects.toThrow('MessageTooLarge');
  });

  it('bounds one event of a stream, not the stream', async () => {
    const event = `data: ${'x'.repeat(600)}\n\n`;
    const stream = { 'content-type': 'text/event-stream' };
    const many = await get(
      (_request, answer) => void answer.writeHead(200, stream).end(event.repeat(2), () => undefined),
    );
    expect(await many.text()).toHaveLength(2 * event.length);
    const endless = await get(
      (_request, answer) => void answer.writeHead(200, stream).end(`data: ${'x'.repeat(2_000)}`),
    );
    await expect(endless.text()).rejects.toThrow('MessageTooLarge');
  });

  it('tells that somebody answered', () => {
    expect(responses).toBeGreaterThan(0);
  });
});
