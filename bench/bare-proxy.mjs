// The yardstick: what any Node process that passes requests on must cost.
import { createServer } from 'node:http';
import { Pool } from 'undici';

const pool = new Pool(process.argv[2], { connections: 64 });
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const { statusCode, headers, body } = await pool.request({
      path: request.url,
      method: request.method,
      headers: { 'content-type': request.headers['content-type'], accept: request.headers.accept },
      body: Buffer.concat(chunks),
    });
    const bytes = Buffer.from(await body.arrayBuffer());
    response
      .writeHead(statusCode, {
        'content-type': headers['content-type'] ?? 'application/json',
        'content-length': bytes.length,
      })
      .end(bytes);
  });
});
server.keepAliveTimeout = 120_000;
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
