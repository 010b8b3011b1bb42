import { Client, SSEClientTransport } from '@modelcontextprotocol/client';
import { Client as V1Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport as V1Transport } from '@modelcontextprotocol/sdk/client/sse.js';
import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { RunningProduct, type Person } from '../../spec/running-product.js';
import { eventsOf, type SseEvent } from '../spec/sse-events.js';

const INFO = { name: 'spec', version: '1' };
const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };

describe('the door for clients of 2024-11-05', () => {
  let product: RunningProduct;
  let fake: RunningFakeMcp;
  let ann: Person;
  let ben: Person;
  let serviceId: string;

  beforeAll(async () => {
    product = await RunningProduct.start({ GATEHOUSE_MCP_SSE: 'on' });
    fake = await startFakeMcpServer();
    serviceId = await product.addService('fake', fake.url);
    ann = await product.addPerson('ann');
    ben = await product.addPerson('ben');
    await product.grant(ann, serviceId);
  });

  afterAll(async () => {
    await product.stop();
    await fake.close();
  });

  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });
  const withKey = (key: string) => ({ requestInit: { headers: bearer(key) } });

  const clients: Record<string, () => Promise<Client | V1Client>> = {
    'a client of the old SDK': async () => {
      const client = new V1Client(INFO);
      await client.connect(new V1Transport(new URL('/sse', product.url), withKey(ann.key)));
      return client;
    },
    'a client of the new SDK': async () => {
      const client = new Client(INFO);
      await client.connect(new SSEClientTransport(new URL('/sse', product.url), withKey(ann.key)));
      return client;
    },
  };

  it.each(Object.keys(clients))('lets %s list and call', async (name) => {
    const client = (await clients[name]?.()) as Client;
    expect((await client.listTools()).tools.map((tool) => tool.name)).toContain('fake__echo');
    const { content } = await client.callTool({ name: 'fake__echo', arguments: { text: '你好' } });
    expect(content).toEqual([{ type: 'text', text: '你好' }]);
    await client.close();
  });

  /** An open stream, and where it says that messages go. */
  const open = async (key = ann.key, path = '/sse') => {
    const connection = new AbortController();
    const headers = { ...bearer(key), accept: 'text/event-stream' };
    const events = eventsOf(await fetch(`${product.url}${path}`, { headers, signal: connection.signal }));
    const { value } = (await events.next()) as { value: SseEvent };
    const next = async () => JSON.parse(((await events.next()).value as SseEvent).data) as Record<string, unknown>;
    return { next, where: value.data, first: value, hangUp: () => connection.abort(), events };
  };

  it('says first where messages go, for the endpoint at which the stream was opened', async () => {
    const whole = await open();
    expect(whole.first).toMatchObject({
      event: 'endpoint',
      data: expect.stringMatching(/^\/messages\?sessionId=[\w-]{36}$/),
    });
    const one = await open(ann.key, '/sse/s/fake');
    expect(one.where).toMatch(/^\/messages\/s\/fake\?sessionId=/);
    expect((await product.post(ann.key, PING, {}, one.where)).status).toBe(202);
    expect(await one.next()).toMatchObject({ id: 1, result: {} });
    // The same session, at another endpoint.
    expect((await product.post(ann.key, PING, {}, one.where.replace('/s/fake', ''))).status).toBe(404);
    whole.hangUp();
    one.hangUp();
  });

  it.each([
    ['events', 'text/event-stream', 200],
    ['anything, as clients that lose the header', '*/*', 200],
    ['JSON alone', 'application/json', 400],
  ])('answers who accepts %s', async (_, accept, status) => {
    const connection = new AbortController();
    const headers = { ...bearer(ann.key), accept };
    expect((await fetch(`${product.url}/sse`, { headers, signal: connection.signal })).status).toBe(status);
    connection.abort();
  });

  it('has no session for anybody else, on no other door, and none that was guessed', async () => {
    const { where, hangUp } = await open();
    const id = where.split('=')[1] ?? '';
    expect((await product.post(ben.key, PING, {}, where)).status).toBe(404);
    expect((await product.post(undefined, PING, {}, where)).status).toBe(401);
    expect((await product.post(ann.key, PING, { 'mcp-session-id': id })).status).toBe(404);
    expect((await product.post(ann.key, PING, {}, '/messages?sessionId=guessed')).status).toBe(404);
    expect((await product.post(ann.key, PING, {}, '/messages')).status).toBe(404);
    hangUp();
  });

  it('ends the session with the stream, and cancels what was open', async () => {
    const { where, hangUp, events } = await open();
    const before = { calls: fake.state.calls.length, cancelled: fake.state.cancelled.length };
    const initialize = { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: INFO };
    await product.post(ann.key, { ...PING, method: 'initialize', params: initialize }, {}, where);
    const call = { ...PING, id: 2, method: 'tools/call', params: { name: 'fake__silent', arguments: {} } };
    await product.post(ann.key, call, {}, where);
    await waitFor('the call', () => fake.state.calls.length > before.calls);
    hangUp();
    await events.return().catch(() => undefined);
    await waitFor('the service to hear', () => fake.state.cancelled.length > before.cancelled);
    await waitFor('the end', async () => (await product.post(ann.key, PING, {}, where)).status === 404);
  });

  it('refuses batches, an id that is still open, and what is no message', async () => {
    const { where, hangUp } = await open();
    const call = { ...PING, method: 'tools/call', params: { name: 'fake__silent', arguments: {} } };
    expect((await product.post(ann.key, call, {}, where)).status).toBe(202);
    for (const body of [call, [PING], { hello: 1 }]) {
      expect((await product.post(ann.key, body, {}, where)).status).toBe(400);
    }
    hangUp();
  });

  it('ends the stream of somebody who was removed', async () => {
    const cem = await product.addPerson('cem');
    const { events } = await open(cem.key);
    await product.owner.call('DELETE', `/api/users/${cem.id}`);
    expect((await events.next()).done).toBe(true);
  });

  it.each([
    ['POST', '/sse', 'GET'],
    ['GET', '/messages', 'POST'],
    ['DELETE', '/messages', 'POST'],
  ])('does not know %s at %s', async (method, path, allowed) => {
    const response = await fetch(`${product.url}${path}`, { method, headers: bearer(ann.key) });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allowed]);
  });
});

describe('that door, when it is closed', () => {
  it('does not exist', async () => {
    const product = await RunningProduct.start();
    const person = await product.addPerson('ann');
    for (const path of ['/sse', '/messages']) {
      const response = await fetch(`${product.url}${path}`, { headers: { authorization: `Bearer ${person.key}` } });
      expect(response.headers.get('content-type')).not.toContain('text/event-stream');
      expect(response.ok).toBe(false);
    }
    await product.stop();
  });
});
