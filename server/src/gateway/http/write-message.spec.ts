import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseJsonAnswer } from '../../platform/index.js';
import { writeMessage } from './write-message.js';

const tools = Array.from({ length: 60 }, (_, at) => ({ name: `tool_${at}`, description: 'Zürich 苏黎世 "quoted"' }));
const message = (result: object): object => ({ jsonrpc: '2.0', id: 'a "b"', result });

describe('the answer with a message', () => {
  let server: Server;
  let next: object;

  beforeAll(async () => {
    server = createServer((_, response) => writeMessage(response, 200, next)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  /** What a client reads, which holds the announced length against the bytes. */
  async function written(each: object): Promise<string> {
    next = each;
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const bytes = await response.bytes();
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    return Buffer.from(bytes).toString();
  }

  it.each([
    ['an error', { jsonrpc: '2.0', id: 1, error: { code: 1, message: '苏' } }],
    ['a result', message({ content: [{ type: 'text', text: 'é' }] })],
    ['a short list', message({ tools: tools.slice(0, 3) })],
    ['a long list', message({ tools })],
    ['a long list between other things', message({ resultType: 'complete', tools, _meta: { a: [1] } })],
    ['tools that are no list', message({ tools: 'none' })],
    ['no result', message(null as unknown as object)],
    ['a batch', [message({ tools }), message({})]],
  ])('is what JSON makes of it: %s', async (_, each) => {
    for (let time = 0; time < 3; time += 1) expect(await written(each)).toBe(JSON.stringify(each));
  });

  it('has a long text as its service wrote it', async () => {
    const text = `"\\u0078\\/${'苏'.repeat(20_000)}"`;
    const json = `{"result":{"content":[{"type":"text","text":${text}},{"type":"text","text":"b"}]}}`;
    const { result } = parseJsonAnswer(Buffer.from(json)) as { result: object };
    const each = message({ resultType: 'complete', ...result, _meta: { a: [1] } });
    const body = await written(each);
    expect(body).toContain(text);
    expect(JSON.parse(body)).toEqual(each);
  });

  it('makes the text of the same long list no more than twice, for different messages', async () => {
    let looks = 0;
    const watched = [...tools, { toJSON: () => `look ${(looks += 1)}` }];
    const texts: string[] = [];
    for (const id of [1, 2, 3, 4]) texts.push(await written({ jsonrpc: '2.0', id, result: { tools: watched } }));
    expect(texts.map((text) => (JSON.parse(text) as { id: number }).id)).toEqual([1, 2, 3, 4]);
    expect(looks).toBe(2);
  });
});
