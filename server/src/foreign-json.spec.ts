import { once } from 'node:events';
import { WebSocket } from 'ws';
import { RunningProduct, type Person } from './spec/running-product.js';

const MIB = 1024 * 1024;
const keys = (count: number): string => Array.from({ length: count }, (_, at) => `"k${at}":1`).join(',');
const call = (args: string): string =>
  `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":${args}}}`;

/** Groups B3 to B5: what stalls a parser, and what two parsers would read in two ways. */
const TEXTS: readonly (readonly [string, string])[] = [
  ['a megabyte of brackets', '['.repeat(MIB - 1)],
  ['a megabyte of braces', '{"a":'.repeat(200_000)],
  ['brackets in an argument', call('['.repeat(63) + ']'.repeat(63))],
  ['50,001 keys', `{${keys(50_001)}}`],
  ['two methods', '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}'],
  ['two methods, one of them escaped', '{"jsonrpc":"2.0","id":1,"method":"ping","\\u006dethod":"tools/call"}'],
  ['an argument twice', call('{"a":1,"a":2}')],
  ['an argument named __proto__ twice', call('{"__proto__":1,"__proto__":2}')],
  ['half of a text', call('{').slice(0, -3)],
];

describe('JSON that nobody should parse', () => {
  let product: RunningProduct;
  let ann: Person;
  let count = 0;

  beforeAll(async () => {
    product = await RunningProduct.start({ GATEHOUSE_MCP_WEBSOCKET: 'on' });
    ann = await product.addPerson('ann');
  });
  afterAll(async () => {
    await product.stop();
    process.stdout.write(`groups B3 to B5: ${count} cases\n`);
  });
  afterEach(() => (count += 1));

  const overSocket = async (text: string): Promise<{ error?: { code: number } }> => {
    const socket = new WebSocket(`${product.url.replace('http', 'ws')}/mcp/ws`, 'mcp', {
      headers: { authorization: `Bearer ${ann.key}` },
    });
    await once(socket, 'open');
    socket.send(text);
    const [answer] = (await once(socket, 'message')) as [Buffer];
    socket.close();
    return JSON.parse(answer.toString()) as { error?: { code: number } };
  };

  it.each(TEXTS)('is refused by REST: %s', async (_, text) => {
    const headers = { authorization: `Bearer ${ann.key}`, 'content-type': 'application/json' };
    const response = await fetch(`${product.url}/api/mcp/access/nothing`, { method: 'POST', headers, body: text });
    expect(response.status).toBe(400);
  });

  it.each(TEXTS)('is refused by MCP over HTTP: %s', async (_, text) => {
    const response = await product.post(ann.key, text);
    const { error } = (await response.json()) as { error: { code: number } };
    expect([response.status, [-32600, -32700].includes(error.code)]).toEqual([400, true]);
  });

  it.each(TEXTS)('is refused by MCP over WebSocket: %s', async (_, text) => {
    expect([-32600, -32700]).toContain((await overSocket(text)).error?.code);
  });

  it.each([
    ['as deep as 65 levels', '['.repeat(65) + ']'.repeat(65)],
    ['of 20,001 keys', `{${keys(20_001)}}`],
    ['of a hundred thousand brackets', '['.repeat(100_000)],
  ])('is refused by the importer: %s', async (_, text) => {
    const { problems } = await product.owner.call<{ problems: { code: string }[] }>(
      'POST',
      '/api/mcp/services/import/preview',
      { text },
    );
    expect(problems.map(({ code }) => code)).toEqual([expect.stringMatching(/^too_/)]);
  });
});
