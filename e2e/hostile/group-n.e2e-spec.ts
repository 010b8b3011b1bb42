import { connect, type Socket } from 'node:net';
import {
  FAULTY_STDIO_SERVER_FILE,
  descendantsOf,
  isAlive,
  startFakeMcpServer,
  startFaultProxy,
  waitFor,
} from '@gatehouse/testing';
import type { FaultProxy, RunningFakeMcp } from '@gatehouse/testing';
import { openDoor, type DoorCall } from '../support/doors.js';
import { Invariants } from '../support/invariants.js';
import { addPerson, register, startProduct, type Product } from '../support/product.js';
import { CaseCount, isFull } from './cases.js';

const CONNECTIONS = isFull ? 2_000 : 300;
const CROWD = 60;
/** The right answer, or a code of the catalogue that is not about us. */
const CLEAR_END = /^(?!internal$)[a-z_]+$/;

/** N2, N3: what somebody may do with a connection instead of a request; none of them is ended by its caller. */
const CONNECTION_TRICKS: Record<string, (socket: Socket) => void> = {
  'says nothing': () => undefined,
  'says half a line': (socket) => void socket.write('GET /api/se'),
  'says half its headers': (socket) => void socket.write('GET /api/setup HTTP/1.1\r\nHost: localhost\r\nX: '),
  'announces a body and sends none': (socket) =>
    void socket.write(
      'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
    ),
  'sends half a chunk': (socket) =>
    void socket.write(
      'POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
    ),
  'closes its side at once': (socket) => void socket.end(),
  'is reset at once': (socket) => void socket.resetAndDestroy(),
  'is reset in the middle of a request': (socket) =>
    void socket.write('POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{', () =>
      socket.resetAndDestroy(),
    ),
  'speaks another protocol': (socket) => void socket.write(Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01])),
  'asks a hundred things and reads no answer': (socket) =>
    void socket.pause().write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(100)),
};

/** Group N of the security bar, below what `bench/overload.mjs` measures: connections, outages, a crowd, the end. */
describe('hostile load', () => {
  const counted = new CaseCount('N');
  let product: Product;
  let invariants: Invariants;
  let fake: RunningFakeMcp;
  let proxy: FaultProxy;
  let doors: DoorCall[];

  beforeAll(async () => {
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '0', LOG_LEVEL: 'fatal' } });
    fake = await startFakeMcpServer();
    proxy = await startFaultProxy(fake.url);
    await register(product.owner, {
      name: 'tools',
      slug: 'tools',
      type: 'http',
      url: proxy.url,
      config: { timeoutMs: 5_000 },
    });
    await register(product.owner, {
      name: 'pipe',
      slug: 'pipe',
      type: 'stdio',
      config: { command: process.execPath, args: [FAULTY_STDIO_SERVER_FILE] },
    });
    await product.owner.call('POST', '/api/mcp/services/pipe/reconnect');
    doors = [];
    for (let each = 0; each < 8; each += 1) {
      const { caller } = await addPerson(product, `crowd${each}@example.org`);
      const { secret } = await caller.withApiKey({ name: 'laptop' });
      doors.push(await openDoor('rest', product.gatehouse.url, secret));
    }
    await Promise.all(doors.map((call) => call('tools', 'echo', { text: 'warm' })));
    invariants = await Invariants.watch(product);
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await proxy.close();
    await fake.close();
  });

  const open = (): Socket => {
    const { hostname, port } = new URL(product.gatehouse.url);
    return connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
  };

  it.each(Object.entries(CONNECTION_TRICKS))('N2, N3: a connection that %s holds nobody up', async (kind, trick) => {
    counted.add('N2, N3', 1, 1);
    const before = invariants.latencies.length;
    const sockets = Array.from({ length: 20 }, open);
    for (const socket of sockets) socket.once('connect', () => trick(socket));
    await waitFor('somebody else to be served three times', () => invariants.latencies.length >= before + 3);
    sockets.forEach((socket) => socket.destroy());
    invariants.check(kind);
  });

  it(`N2: ${CONNECTIONS} connections at once are taken or cut, and whoever was there is served`, async () => {
    counted.add('N2', 1, 1);
    const before = invariants.latencies.length;
    const sockets = Array.from({ length: CONNECTIONS }, open);
    await waitFor('somebody else to be served', () => invariants.latencies.length >= before + 3, 30_000);
    sockets.forEach((socket) => socket.destroy());
    invariants.check('many connections');
  });

  const crowd = (): Promise<string[]> =>
    Promise.all(
      Array.from({ length: CROWD }, async (_, at) => {
        const text = `crowd ${at}`;
        const answer = await doors[at % doors.length]('tools', 'echo', { text });
        return answer.text === text ? 'right' : (/"code":"(\w+)"/.exec(answer.raw)?.[1] ?? answer.raw);
      }),
    );

  it('N5: a crowd that comes during an outage is told so, and is served again when it is over', async () => {
    counted.add('N5', 1, 1);
    const port = fake.port;
    await fake.close();
    for (const verdict of await crowd()) expect(verdict).toMatch(CLEAR_END);
    fake = await startFakeMcpServer({ port });
    await waitFor(
      'everybody to be served',
      async () => (await crowd()).every((verdict) => verdict === 'right'),
      30_000,
    );
    invariants.check('N5');
  });

  it('N5: a storm of resets during calls gives each of them a clear end', async () => {
    counted.add('N5', 1, 1);
    const calls = crowd();
    proxy.strike({ kind: 'cut', by: 'reset', direction: 'down', afterBytes: 10 });
    for (const verdict of await calls) expect(verdict).toMatch(CLEAR_END);
    proxy.heal();
    await waitFor(
      'everybody to be served',
      async () => (await crowd()).every((verdict) => verdict === 'right'),
      30_000,
    );
    invariants.check('resets');
  });

  it('leaves the product as it was', async () => {
    counted.add('N7', 1, 1);
    counted.print(await invariants.end());
  });

  it('N7: asked to stop under load, it lets what is under way finish, ends its processes and itself', async () => {
    const { gatehouse } = product;
    const family = await descendantsOf(gatehouse.pid);
    expect(family.length).toBeGreaterThan(0);
    const seen = fake.state.calls.length;
    const slow = doors.map((call) => call('tools', 'slow', { ms: 400 }).catch(String));
    await waitFor('all of them to be under way', () => fake.state.calls.length >= seen + doors.length);
    await gatehouse.stop();
    for (const answer of await Promise.all(slow)) expect(answer).toMatchObject({ text: 'done' });
    expect(gatehouse.ending).toBe('exit 0');
    for (const { pid } of family) expect(await isAlive(pid)).toBe(false);
  });
});
