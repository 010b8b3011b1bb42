// The cheapest MCP service that can be: raw HTTP, legacy era, one tool that gives a text back (or as many of no use as are
// wanted). What is measured must not be the service.
import { createServer } from 'node:http';
import { echo } from './echo-answers.mjs';

const answerTo = echo(Number(process.argv[2] ?? 0));

const server = createServer((request, response) => {
  if (request.method !== 'POST') return response.writeHead(405).end();
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    const message = answerTo(JSON.parse(body));
    if (!message) return response.writeHead(202).end();
    const text = JSON.stringify(message);
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
      .end(text);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
