import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/**
 * The Redis that specs named `*.redis.spec.ts` run on; jest leaves them out where `TEST_REDIS_URL` is not set.
 *
 * @throws when it is not set
 */
export function testRedisUrl(): string {
  const url = process.env.TEST_REDIS_URL;
  if (!url) throw new Error('TEST_REDIS_URL names no Redis; .ci/run starts one and sets it.');
  return url;
}

/** A way to Redis that a spec can cut, as if the server had been killed, and mend again. */
export interface RedisWay {
  /** Leads to `TEST_REDIS_URL` as long as it is not cut. */
  readonly url: string;
  /** Breaks every connection and refuses new ones. */
  cut(): Promise<void>;
  /** Takes what is sent and answers nothing, as a server that hangs. */
  hang(): void;
  /** Lets everybody through again. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startRedisWay(): Promise<RedisWay> {
  const target = new URL(testRedisUrl());
  const sockets = new Set<Socket>();
  let isHanging = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port || 6379), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    near.on('data', (bytes) => isHanging || far.write(bytes)).on('close', () => far.destroy());
    far.on('data', (bytes) => isHanging || near.write(bytes)).on('close', () => near.destroy());
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const cut = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String(port);
  return {
    url: url.href,
    cut,
    hang: () => void (isHanging = true),
    mend: async () => {
      isHanging = false;
      if (!server.listening) await listen(port);
    },
    close: cut,
  };
}
