import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AddressPolicy } from './address-policy.js';
import { Egress } from './egress.js';

let server: Server;
let seen: string[];

async function serve(listener: RequestListener): Promise<string> {
  server = createServer((request, response) => {
    seen.push(request.url ?? '');
    listener(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(() => (seen = []));
afterEach(() => server?.close());

describe('Egress', () => {
  it('reaches an address that the policy allows', async () => {
    const egress = new Egress(new AddressPolicy(['loopback']));
    const url = await serve((_request, response) => response.end('hello'));
    expect(await (await egress.fetch(url)).text()).toBe('hello');
    await egress.onApplicationShutdown();
  });

  it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '127.1'])(
    'sends nothing to loopback spelled %s',
    async (host) => {
      const egress = new Egress(new AddressPolicy([]));
      const url = new URL(await serve((_request, response) => response.end()));
      const answer = egress.fetch(`http://${host}:${url.port}/`);
      await expect(answer).rejects.toMatchObject({ code: 'egress_refused' });
      expect(seen).toEqual([]);
      await egress.onApplicationShutdown();
    },
  );

  it('hands a redirect back instead of following it', async () => {
    const egress = new Egress(new AddressPolicy(['loopback']));
    const url = await serve((_request, response) => response.writeHead(302, { Location: '/elsewhere' }).end());
    expect((await egress.fetch(url)).status).toBe(302);
    expect(seen).toEqual(['/']);
    await egress.onApplicationShutdown();
  });

  it.each(['ftp://example.org/', 'http://127.0.0.1:6667/', 'file:///etc/passwd', 'http://user:secret@example.org/'])(
    'refuses %s',
    async (url) => {
      const egress = new Egress(new AddressPolicy(['loopback']));
      await expect(egress.fetch(url)).rejects.toMatchObject({ code: 'egress_refused' });
      await egress.onApplicationShutdown();
    },
  );
});
