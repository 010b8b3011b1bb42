import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFakeMcpServer, type FakeTransport, type RunningFakeMcp } from '@gatehouse/testing';
import { aCertificate, anAuthority, type Pem } from '../../../spec/certificates.js';
import { AddressPolicy, Egress } from '../../platform/index.js';
import type { ConnectionConfig } from '../../services/index.js';
import { aManager, aService, aTool } from '../clients.fixture.js';

describe('the way to a service', () => {
  let world: ReturnType<typeof aManager>;
  const fakes: RunningFakeMcp[] = [];
  let authority: Pem;
  let stranger: Pem;
  let server: Pem;

  beforeAll(async () => {
    [authority, stranger] = await Promise.all([anAuthority('ours'), anAuthority('another')]);
    server = await aCertificate(authority);
  });
  beforeEach(() => (world = aManager()));
  afterEach(async () => {
    await world.end();
    await Promise.all(fakes.splice(0).map((each) => each.close()));
  });

  const fake = async (options: Parameters<typeof startFakeMcpServer>[0]): Promise<RunningFakeMcp> => {
    const started = await startFakeMcpServer(options);
    fakes.push(started);
    return started;
  };
  const echo = (transport: FakeTransport, url: string, config: Partial<ConnectionConfig>, key?: string) => {
    world.definitions.put(
      aService({
        type: transport === 'websocket' ? 'websocket' : 'http',
        url,
        config: { connect: 'on-demand', ...config },
        credentials: key === undefined ? [] : [{ target: 'tls', name: 'key', value: key }],
      }),
    );
    return world.manager.callTool('service-1', aTool('echo'), { text: 'hello' });
  };

  const forget = (): void => {
    world.definitions.remove('service-1');
    world.bus.publish('service.changed', { serviceId: 'service-1', change: 'deleted' });
  };

  describe.each(['http', 'sse', 'websocket'] as const)('over TLS, %s', (transport) => {
    const era = transport === 'sse' ? 'legacy' : 'both';

    it('believes the authority of the settings and no other', async () => {
      const { url } = await fake({ transport, era, tls: server });
      expect(await echo(transport, url, { tls: { ca: authority.cert } })).toMatchObject({
        content: [{ text: 'hello' }],
      });
      for (const tls of [undefined, { ca: stranger.cert }]) {
        forget();
        await expect(echo(transport, url, tls ? { tls } : {})).rejects.toMatchObject({ code: 'upstream_unreachable' });
      }
    });

    it('shows our certificate to a service that asks for one', async () => {
      const ours = await aCertificate(authority);
      const { url, state } = await fake({
        transport,
        era,
        tls: { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
      });
      await expect(echo(transport, url, { tls: { ca: authority.cert } })).rejects.toMatchObject({
        code: 'upstream_unreachable',
      });
      expect(state.calls).toEqual([]);
      forget();
      const tls = { ca: authority.cert, cert: ours.cert };
      expect(await echo(transport, url, { tls }, ours.key)).toMatchObject({ content: [{ text: 'hello' }] });
    });
  });

  it('does not believe a certificate for another name, whoever signed it', async () => {
    const elsewhere = await aCertificate(authority, {
      extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'elsewhere.example' }] }],
    });
    const { url } = await fake({ tls: elsewhere });
    await expect(echo('http', url, { tls: { ca: authority.cert } })).rejects.toMatchObject({
      code: 'upstream_unreachable',
    });
  });

  it.each([
    ['http', 'localhost'],
    ['http', '127.0.0.1'],
    ['websocket', 'localhost'],
    ['websocket', '127.0.0.1'],
  ] as const)('ends where the service may be: %s, named %s', async (transport, host) => {
    const { url, state } = await fake({ transport });
    const named = url.replace('127.0.0.1', host);
    expect(await echo(transport, named, { allowedAddresses: ['127.0.0.0/8', '::1'] })).toBeDefined();
    forget();
    await expect(echo(transport, named, { allowedAddresses: ['10.0.0.0/8'] })).rejects.toMatchObject({
      code: 'upstream_address_refused',
      details: { address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) },
    });
    expect(state.calls).toHaveLength(1);
  });

  it('opens nothing that is closed to all', async () => {
    const requests: string[] = [];
    const closed = createServer((request, response) => (requests.push(request.url ?? ''), response.end()));
    await new Promise<void>((listening) => closed.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(closed.address() as AddressInfo).port}/`;
    const egress = new Egress(new AddressPolicy([]));
    const outlet = egress.within({ addresses: ['0.0.0.0/0', '127.0.0.1'] });
    for (const each of [url, url.replace('127.0.0.1', 'localhost')])
      await expect(outlet.fetch(each)).rejects.toMatchObject({ code: 'egress_refused' });
    expect(requests).toEqual([]);
    await Promise.all([outlet.close(), egress.onApplicationShutdown()]);
    closed.close();
  });

  it('does not use a socket that was opened under other rules', async () => {
    const { url } = await fake({});
    expect(await echo('http', url, {})).toBeDefined();
    world.definitions.put(
      aService({ id: 'other', slug: 'other', url, config: { connect: 'on-demand', allowedAddresses: ['10.0.0.0/8'] } }),
    );
    await expect(world.manager.callTool('other', aTool('echo'), { text: 'x' })).rejects.toMatchObject({
      code: 'upstream_address_refused',
    });
  });
});
