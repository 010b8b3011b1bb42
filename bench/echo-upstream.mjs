// The cheapest MCP service that can be: raw HTTP, legacy era, one tool that gives a text back (or as many of no use as are
// wanted). What is measured must not be the service.
import { createServer } from 'node:http';

const TOOL = {
  name: 'echo',
  description: 'Gives the text back.',
  inputSchema: {
    type: 'object',
    properties: { text: { type: 'string' }, times: { type: 'integer', minimum: 1, maximum: 4000000 } },
    required: ['text'],
    additionalProperties: false,
  },
};

/** Absent: the echo alone. */
const count = Number(process.argv[2] ?? 0);
const TOOLS =
  count === 0
    ? [TOOL]
    : Array.from({ length: count }, (_, at) => ({
        ...TOOL,
        name: `tool_${at}`,
        description: `Does what tool ${at} does, in about as many words as such descriptions have.`,
      }));

const answers = {
  initialize: () => ({
    protocolVersion: '2025-11-25',
    capabilities: { tools: {} },
    serverInfo: { name: 'echo', version: '1.0.0' },
  }),
  'tools/list': () => ({ tools: TOOLS }),
  'tools/call': ({ arguments: { text, times = 1 } }) => ({ content: [{ type: 'text', text: text.repeat(times) }] }),
  ping: () => ({}),
};

const server = createServer((request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end();
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const { id, method, params } = JSON.parse(body);
    if (id === undefined) return response.writeHead(202).end();
    const answer = answers[method];
    const message = answer
      ? { jsonrpc: '2.0', id, result: answer(params) }
      : { jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } };
    const text = JSON.stringify(message);
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      .end(text);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
