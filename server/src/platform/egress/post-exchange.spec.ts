import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AddressPolicy } from './address-policy.js';
import { Egress } from './egress.js';
import { BodyTooLarge, type Post, type PostAnswer } from './post-exchange.js';

let server: Server;
let egress: Egress;
let hungUp: Promise<unknown>;

async function serve(listener: RequestListener): Promise<URL> {
  server = createServer((request, response) => {
    hungUp = once(response, 'close');
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?query=1`);
}

const post = async (url: URL, options: Partial<Post> = {}): Promise<PostAnswer> =>
  egress.post(url, { headers: {}, body: '{}', isWanted: () => true, mostBytes: 1_000, ...options });

const streamed = async (url: URL, options: Partial<Post> = {}) => {
  const answer = await post(url, { isWanted: () => false, ...options });
  if (!('stream' in answer)) throw new Error('The body came in one piece.');
  return answer;
};

beforeEach(() => (egress = new Egress(new AddressPolicy(['loopback']))));
afterEach(async () => {
  await egress.onApplicationShutdown();
  server.close();
});

describe('posting', () => {
  it('sends what it is given and brings the body in one piece', async () => {
    const url = await serve((request, response) => {
      void text(request).then((body) => {
        response.writeHead(201, { 'x-seen': `${request.method} ${request.url} ${String(request.headers['x-own'])}` });
        response.write(body);
        response.end('!');
      });
    });
    const answer = await post(url, { headers: { 'x-own': 'yes' }, body: '苏黎世' });
    expect(answer).toMatchObject({ statusCode: 201, headers: { 'x-seen': 'POST /path?query=1 yes' } });
    expect('whole' in answer && answer.whole.toString()).toBe('苏黎世!');
  });

  it('asks once, with the head, whether it should', async () => {
    const asked: unknown[] = [];
    const url = await serve((_, response) => response.writeHead(404, { 'x-why': 'none' }).end('gone'));
    const isWanted: Post['isWanted'] = (status, headers) => Boolean(asked.push([status, headers['x-why']])) && false;
    const answer = await streamed(url, { isWanted });
    expect([asked, answer.statusCode, await text(answer.stream)]).toEqual([[[404, 'none']], 404, 'gone']);
  });

  it.each([
    ['announced', { 'content-length': '5000' }],
    ['found', {}],
  ])('takes no body in one piece that is %s too large, and hangs up', async (_, headers) => {
    const url = await serve((_request, response) => response.writeHead(200, headers).write('x'.repeat(2_000)));
    await expect(post(url)).rejects.toThrow(BodyTooLarge);
    await hungUp;
  });

  it('reads a stream no faster than it is read', async () => {
    let written = 0;
    const chunk = 'x'.repeat(64 * 1024);
    const most = 32 * 1024 * 1024;
    const url = await serve((_, response) => {
      const fill = (): void => {
        for (let goesOn = true; goesOn && written < most; written += chunk.length) goesOn = response.write(chunk);
      };
      response.on('drain', fill);
      fill();
    });
    const { stream } = await streamed(url);
    await once(stream, 'readable');
    for (let before = -1; before !== written;) {
      before = written;
      for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(written).toBeLessThan(most);
    stream.destroy();
    await hungUp;
  });

  it('fails when the other side hangs up in the middle of the body', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '500' }).write('half');
      setImmediate(() => response.destroy());
    });
    await expect(post(url)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
    await expect(text((await streamed(url)).stream)).rejects.toMatchObject({ code: 'UND_ERR_SOCKET' });
  });

  it.each([
    ['before it is sent', 0],
    ['while it waits for the head', 1],
    ['while the body comes', 2],
  ])('ends with the reason of its signal %s, and hangs up', async (_, when) => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const arrived = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      if (when === 2) response.writeHead(200).write('begin');
      arrived.resolve();
    });
    if (when === 0) stop.abort(reason);
    const answer = post(url, { signal: stop.signal }).catch((error: unknown) => error);
    if (when > 0) await arrived.promise;
    stop.abort(reason);
    expect(await answer).toBe(reason);
    if (when > 0) await hungUp;
  });

  it('sends nothing that is not wanted any more when there is a connection', async () => {
    const seen: unknown[] = [];
    const url = await serve(({ headers }, response) => {
      seen.push(headers['x-own']);
      response.end();
    });
    const stop = new AbortController();
    const first = post(url, { headers: { 'x-own': 'first' }, signal: stop.signal }).catch((error: unknown) => error);
    stop.abort(new Error('enough'));
    await post(url, { headers: { 'x-own': 'second' } });
    expect([((await first) as Error).message, seen]).toEqual(['enough', ['second']]);
  });

  it('ends a stream with its signal', async () => {
    const stop = new AbortController();
    const url = await serve((_, response) => response.writeHead(200).write('begin'));
    const { stream } = await streamed(url, { signal: stop.signal });
    const reading = text(stream).catch((error: unknown) => (error as Error).message);
    stop.abort(new Error('enough'));
    expect(await reading).toBe('enough');
    await hungUp;
  });

  it('sends nothing to an address that the policy refuses', async () => {
    const url = await serve((_, response) => response.end());
    const strict = new Egress(new AddressPolicy([]));
    const options = { headers: {}, body: '', isWanted: () => true, mostBytes: 1 };
    await expect(strict.post(new URL(`http://localhost:${url.port}/`), options)).rejects.toMatchObject({
      code: 'egress_refused',
    });
    await strict.onApplicationShutdown();
  });
});
