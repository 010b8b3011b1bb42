import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { HttpFront } from './http-front.js';

/** Far longer than any of this takes: whoever waits for it has failed. */
const GRACE_MS = 60_000;

describe('the listening socket', () => {
  const opened = async (url: string): Promise<Socket> => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await new Promise((done) => socket.once('connect', done));
    return socket;
  };

  it('closes at once although somebody holds connections in reserve', async () => {
    const front = new HttpFront((_, response) => response.end('done'));
    const url = await front.listen(0, '127.0.0.1');
    const reserve = await opened(url);
    const used = await opened(url);
    used.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((done) => used.once('data', done));
    await front.close(GRACE_MS);
    expect([await text(reserve), await text(used)]).toEqual(['', '']);
  });

  it('lets a request in flight have its answer, and ends its connection with it', async () => {
    let answer: (() => void) | undefined;
    const asked = new Promise<void>((isAsked) => {
      answer = isAsked;
    });
    let respond: () => void = () => undefined;
    const front = new HttpFront((_, response) => {
      respond = () => void response.end('late');
      answer?.();
    });
    const socket = await opened(await front.listen(0, '127.0.0.1'));
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await asked;
    const closed = front.close(GRACE_MS);
    respond();
    await closed;
    expect(await text(socket)).toContain('late');
  });

  it('gives up after its patience on whoever never ends', async () => {
    const front = new HttpFront((_, response) => void response.write('for ever'));
    const socket = await opened(await front.listen(0, '127.0.0.1'));
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await new Promise((done) => socket.once('data', done));
    await front.close(1);
    expect(socket.destroyed || (await new Promise((done) => socket.once('close', () => done(true))))).toBe(true);
  });

  const upgrade = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: spec\r\n\r\n';

  it('hands over a connection that asks for another protocol, and waits for whoever took it', async () => {
    let taken: (connection: Duplex) => void = () => undefined;
    const taking = new Promise<Duplex>((resolve) => (taken = resolve));
    const front = new HttpFront(
      () => undefined,
      (_request, connection) => taken(connection),
    );
    const socket = await opened(await front.listen(0, '127.0.0.1'));
    socket.write(upgrade);
    const said = text(socket);
    const connection = await taking;
    const closed = front.close(GRACE_MS);
    connection.end('the last word');
    await closed;
    expect(await said).toBe('the last word');
  });

  it('answers such a request like any other where nobody takes connections over', async () => {
    const front = new HttpFront((_, response) => response.end('plain'));
    const socket = await opened(await front.listen(0, '127.0.0.1'));
    socket.write(upgrade);
    await new Promise((done) => socket.once('readable', done));
    await front.close(GRACE_MS);
    expect(await text(socket)).toContain('plain');
  });
});
