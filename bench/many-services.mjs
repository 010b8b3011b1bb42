// Starts Gatehouse with 200 services of 40 tools each, 50 of which are there and 150 gone since they were last seen, and
// prints how long the start and the lists take and how much memory it needs. Needs the built product.
//
//   node bench/many-services.mjs [--services 200 --connected 50 --tools 40 --samples 20]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    services: { type: 'string', default: '200' },
    connected: { type: 'string', default: '50' },
    tools: { type: 'string', default: '40' },
    samples: { type: 'string', default: '20' },
  },
});
const [services, connected, tools, samples] = ['services', 'connected', 'tools', 'samples'].map((name) =>
  Number(values[name]),
);
const OWNER = { email: 'owner@example.org', password: 'correct horse battery' };
const PATIENCE_MS = 120_000;
const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-many-'));
let cookie = '';

/** A service of the handshake era with enough of the protocol to be listed; the path says which one it is. */
function serve() {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method !== 'POST') return response.writeHead(405).end();
      const { id, method } = JSON.parse(Buffer.concat(chunks).toString());
      if (id === undefined) return response.writeHead(202).end();
      const answer = answerTo(method);
      const body = answer ? { result: answer } : { error: { code: -32601, message: 'Method not found' } };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...body }));
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const TOOLS = Array.from({ length: tools }, (_, each) => ({
  name: `tool_${each}`,
  description: `Does thing ${each} with a customer of the organisation, and says what came of it. ${'Words. '.repeat(20)}`,
  inputSchema: {
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 6 }, (_, field) => [
        `field_${field}`,
        { type: 'string', description: `The ${field}th thing to know.`, maxLength: 200 },
      ]),
    ),
    required: ['field_0'],
  },
}));

function answerTo(method) {
  const serverInfo = { name: 'many', version: '1' };
  if (method === 'initialize') return { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo };
  if (method === 'tools/list') return { tools: TOOLS };
  return method === 'ping' ? {} : undefined;
}

async function start() {
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=16', 'dist/app/server/src/main.js'], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      GATEHOUSE_DATA_DIR: dataDir,
      GATEHOUSE_OWNER_EMAIL: OWNER.email,
      GATEHOUSE_OWNER_PASSWORD: OWNER.password,
      GATEHOUSE_CALLS_PER_MINUTE: '0',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`Gatehouse ended with ${code}: ${text}`)));
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(text);
      if (found) resolve(found[0]);
    });
  });
  while (
    !(await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await pause(10);
  return { child, url, startMs: performance.now() - startedMs };
}

async function api(url, method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { origin: url, cookie, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const set = response.headers.getSetCookie().map((each) => each.split(';')[0]);
  if (set.length > 0) cookie = set.join('; ');
  if (!response.ok) throw new Error(`${method} ${path} → ${response.status} ${await response.text()}`);
  return response.status === 204 ? undefined : response.json();
}

const signIn = (url) => api(url, 'POST', '/api/auth/login', OWNER);

async function states(url) {
  const counts = {};
  for (const { health } of await allServices(url)) counts[health.state] = (counts[health.state] ?? 0) + 1;
  return counts;
}

async function allServices(url) {
  const { items, nextCursor } = await api(url, 'GET', '/api/mcp/services?limit=200');
  return nextCursor
    ? [...items, ...(await api(url, 'GET', `/api/mcp/services?limit=200&cursor=${nextCursor}`)).items]
    : items;
}

async function until(what, isSo) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}.`);
    await pause(200);
  }
}

/** What Linux counts processor time in. */
const CLOCK_TICKS_PER_SECOND = 100;

/** Processor time that Gatehouse has used so far, ms; unlike the clock it does not tell of what else the machine does. */
function processorMs({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / CLOCK_TICKS_PER_SECOND;
}

/** @returns the median by the clock, and the processor time of one, ms */
async function measured(child, deed) {
  const before = processorMs(child);
  const times = [];
  for (let each = 0; each < samples; each += 1) {
    const startedMs = performance.now();
    await deed();
    times.push(performance.now() - startedMs);
  }
  const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const processor = (processorMs(child) - before) / samples;
  return `${median.toFixed(1)} (processor ${processor.toFixed(1)})`;
}

const rssMb = ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

async function stop(child) {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}

async function rpc(url, key, body) {
  const response = await fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': body.method,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      ...body,
      params: {
        ...body.params,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    }),
  });
  const text = await response.text();
  const { result, error } = JSON.parse(text.startsWith('{') ? text : /^data: (.*)$/m.exec(text)[1]);
  if (error) throw new Error(JSON.stringify(error));
  return result;
}

/** Every page of the tools that the owner may use. @returns how many, on how many pages, and the longest that one took */
async function listTools(url, key) {
  let [count, pages, slowestMs, cursor] = [0, 0, 0];
  do {
    const startedMs = performance.now();
    const page = await rpc(url, key, { method: 'tools/list', params: cursor ? { cursor } : {} });
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
    count += page.tools.length;
    pages += 1;
    cursor = page.nextCursor;
  } while (cursor);
  return { count, pages, slowestMs };
}

async function main() {
  const [here, gone] = await Promise.all([serve(), serve()]);
  const before = await start();
  await signIn(before.url);
  for (let each = 0; each < services; each += 1) {
    const { port } = (each < connected ? here : gone).address();
    await api(before.url, 'POST', '/api/mcp/services', {
      name: `Service ${each}`,
      slug: `s${String(each).padStart(3, '0')}`,
      type: 'http',
      url: `http://127.0.0.1:${port}/${each}/mcp`,
      accessControl: { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] },
    });
  }
  await until('every list', async () =>
    (await allServices(before.url)).every(({ capabilities }) => capabilities.tools === tools),
  );
  const { secret } = await api(before.url, 'POST', '/api/auth/api-keys', { name: 'bench' });
  await stop(before.child);
  gone.close();
  gone.closeAllConnections();

  const again = await start();
  await signIn(again.url);
  const readyRss = rssMb(again.child);
  await until('the connections', async () => ((await states(again.url)).ready ?? 0) >= connected);
  const startProcessorMs = processorMs(again.child);
  const servicesMs = await measured(again.child, () => allServices(again.url));
  const toolsMs = await measured(again.child, () => api(again.url, 'GET', '/api/mcp/tools?limit=200'));
  const first = await listTools(again.url, secret);
  const mcpMs = await measured(again.child, () => listTools(again.url, secret));
  const figures = {
    services,
    'tools in all': `${first.count} on ${first.pages} pages of /mcp`,
    states: JSON.stringify(await states(again.url)),
    'start, ms': Math.round(again.startMs),
    'processor time until all are connected, ms': startProcessorMs,
    'list of services, ms': servicesMs,
    'page of 200 tools by REST, ms': toolsMs,
    'all tools by /mcp, first, slowest page, ms': first.slowestMs.toFixed(1),
    'all tools by /mcp, ms': mcpMs,
    'RSS when ready, MB': readyRss.toFixed(0),
    'RSS after all lists, MB': rssMb(again.child).toFixed(0),
  };
  console.table(Object.entries(figures).map(([figure, value]) => ({ figure, value })));
  await stop(again.child);
  here.close();
  here.closeAllConnections();
}

try {
  await main();
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
