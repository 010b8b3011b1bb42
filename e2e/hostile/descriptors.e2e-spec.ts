import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { FAKE_MCP_SERVER_FILE, startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { register, startProduct, type Product } from '../support/product.js';

const run = promisify(execFile);
const DESCRIPTORS = 256;
const CALL = '/api/mcp/services/tools/tools/echo';
const PIPE = '/api/mcp/services/pipe/tools/echo';
/** A tool that nobody has called yet: to check its arguments takes a thread. */
const UNCHECKED = '/api/mcp/services/tools/tools/add';

const LIMITER = '/usr/bin/prlimit';

/** N9, few descriptors: what cannot be done for want of them is said clearly, is never wrong, and is over when they are back. */
(existsSync(LIMITER) ? describe : describe.skip)('a product with few descriptors', () => {
  let product: Product;
  let fake: RunningFakeMcp;
  let sockets: Socket[] = [];

  beforeAll(async () => {
    fake = await startFakeMcpServer();
    product = await startProduct({ descriptors: DESCRIPTORS, env: { GATEHOUSE_CALLS_PER_MINUTE: '0' } });
    await register(product.owner, { name: 'tools', slug: 'tools', type: 'http', url: fake.url });
    await register(product.owner, {
      name: 'pipe',
      slug: 'pipe',
      type: 'stdio',
      config: { command: process.execPath, args: [FAKE_MCP_SERVER_FILE, '--transport', 'stdio'] },
    });
  });

  afterAll(async () => {
    sockets.forEach((socket) => socket.destroy());
    await product.gatehouse.stop();
    await fake.close();
  });

  let asked = 0;
  const ask = async (path: string): Promise<string> => {
    const number = (asked += 1);
    const args = path === UNCHECKED ? { a: number, b: 0 } : { text: String(number) };
    const response = await product.owner.fetch('POST', path, { arguments: args });
    const body = (await response.json()) as { result?: { content: { text?: string }[] }; error?: { code: string } };
    return body.error?.code ?? (body.result?.content[0]?.text === String(number) ? 'right' : JSON.stringify(body));
  };

  /** Connections on which nothing is said. @returns once each is taken or cut */
  const crowd = async (size: number): Promise<void> => {
    const { hostname, port } = new URL(product.gatehouse.url);
    const fresh = Array.from({ length: size }, () => connect({ host: hostname, port: Number(port) }));
    sockets.push(...fresh);
    await Promise.all(
      fresh.map((socket) => new Promise((done) => socket.on('error', done).on('close', done).once('connect', done))),
    );
  };
  const leave = (): void => {
    sockets.forEach((socket) => socket.destroy());
    sockets = [];
  };

  it('says clearly what it cannot do when there is none left, and does it again when there is', async () => {
    const { pid } = product.gatehouse;
    // As if everything that it may open were open.
    const limit = (descriptors: number): Promise<unknown> =>
      run(LIMITER, [`--nofile=${descriptors}:${DESCRIPTORS}`, '--pid', String(pid)]);
    await product.owner.call('POST', '/api/mcp/services/tools/reconnect');
    await limit(3);
    // No thread to check arguments with: that is not the fault of the tool, and is no verdict on it.
    expect([await ask(UNCHECKED), await ask(UNCHECKED)]).toEqual(['queue_full', 'queue_full']);
    await limit(DESCRIPTORS);
    for (const path of [UNCHECKED, CALL, PIPE]) expect(await ask(path)).toBe('right');
    await limit(3);
    // Neither a connection nor a process can be had anew.
    for (const slug of ['tools', 'pipe']) await product.owner.fetch('POST', `/api/mcp/services/${slug}/reconnect`);
    expect([await ask(CALL), await ask(PIPE)]).toEqual(['upstream_unreachable', 'upstream_command_failed']);
    const pipe = await product.owner.call<{ health: { cause?: string } }>('GET', '/api/mcp/services/pipe');
    expect(JSON.stringify(pipe.health)).toContain('EMFILE');
    expect(product.gatehouse.ending).toBeUndefined();
    await limit(DESCRIPTORS);
    for (const path of [CALL, PIPE])
      await waitFor(`${path} to be right again`, async () => (await ask(path)) === 'right');
    await waitFor('readiness', async () => (await product.owner.fetch('GET', '/health/ready')).ok);
    expect(product.gatehouse.logs).not.toMatch(/unhandledRejection|uncaughtException|"level":"fatal"/);
  });

  it('serves whoever is there while a crowd holds as many connections as it is given, and starts what they need', async () => {
    // The connection that the owner keeps.
    expect(await ask(CALL)).toBe('right');
    await crowd(2 * DESCRIPTORS);
    // Another connection and another process are had all the same.
    for (const slug of ['tools', 'pipe']) await product.owner.call('POST', `/api/mcp/services/${slug}/reconnect`);
    for (const path of [CALL, PIPE]) expect(await ask(path)).toBe('right');
    leave();
    await waitFor('room for others', async () => (await fetch(`${product.gatehouse.url}/health/ready`)).ok);
  });
});
