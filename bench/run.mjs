// Compares a direct call, a bare Node proxy and Gatehouse in one run: interleaved rounds, every answer checked,
// medians, ratios. Absolute figures are the machine's; trust the ratios.
//
//   npm run bench [-- --seconds 2 --rounds 3 --callers 1,16,64 --only legacy]
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    callers: { type: 'string', default: '1,16,64' },
    only: { type: 'string', default: '' },
  },
});
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const callers = values.callers.split(',').map(Number);
const TEXT = 'x'.repeat(200);
/** What Linux counts processor time in. */
const CLOCK_TICKS_PER_SECOND = 100;
const children = [];
const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));

async function main() {
  const upstream = await helper('bench/echo-upstream.mjs');
  const proxy = await helper('bench/bare-proxy.mjs', upstream.url);
  const { url, key, pid } = await gatehouse(upstream.url);
  const all = {
    direct: { pid: upstream.pid, call: legacyCaller(upstream.url, '/mcp', {}, 'echo') },
    'bare proxy': { pid: proxy.pid, call: legacyCaller(proxy.url, '/mcp', {}, 'echo') },
    'Gatehouse /mcp legacy': { pid, call: await gatehouseLegacy(url, key) },
    'Gatehouse /mcp modern': { pid, call: modernCaller(url, key) },
    'Gatehouse REST': { pid, call: restCaller(url, key) },
  };
  const chosen = (name) => name === 'bare proxy' || name.includes(values.only);
  const contestants = Object.fromEntries(Object.entries(all).filter(([name]) => chosen(name)));
  for (const [name, contestant] of Object.entries(contestants)) await measure(name, contestant, 16, 0.5);
  const table = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const count of callers) {
      for (const [name, contestant] of Object.entries(contestants)) {
        ((table[name] ??= {})[count] ??= []).push(await measure(name, contestant, count, seconds));
      }
    }
  }
  print(table, memoryOf(pid));
}

/**
 * One figure: calls per second, the median latency, and what a call costs the answering process in computing time, with
 * `count` callers that each wait for their answer.
 */
async function measure(name, { call, pid }, count, forSeconds) {
  const latencies = [];
  const cpuBefore = cpuSecondsOf(pid);
  const end = performance.now() + forSeconds * 1000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (performance.now() < end) {
        const from = performance.now();
        const text = await call();
        if (text !== TEXT) throw new Error(`${name} gave a wrong answer: ${String(text).slice(0, 300)}`);
        latencies.push(performance.now() - from);
      }
    }),
  );
  latencies.sort((a, b) => a - b);
  return {
    perSecond: (latencies.length / (performance.now() - started)) * 1000,
    p50: latencies[latencies.length >> 1],
    cpuMs: ((cpuSecondsOf(pid) - cpuBefore) * 1000) / latencies.length,
  };
}

function poster(origin, headers) {
  const pool = new Pool(origin, { connections: 64 });
  return async (path, body) => {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
      body: JSON.stringify(body),
    });
    return { headers: response.headers, text: await response.body.text() };
  };
}

let nextId = 0;
const textOf = (answer) => {
  // A legacy server may answer as an event stream with one event.
  const json = answer.startsWith('{') ? answer : (/^data: (\{.+\})$/m.exec(answer)?.[1] ?? '{}');
  const message = JSON.parse(json);
  return message.result?.content?.[0]?.text ?? answer;
};

function legacyCaller(origin, path, headers, tool) {
  const post = poster(origin, headers);
  return async () => {
    const params = { name: tool, arguments: { text: TEXT } };
    const { text } = await post(path, { jsonrpc: '2.0', id: (nextId += 1), method: 'tools/call', params });
    return textOf(text);
  };
}

async function gatehouseLegacy(url, key) {
  const authorization = `Bearer ${key}`;
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } };
  const opened = await poster(url, { authorization })('/mcp', { jsonrpc: '2.0', id: 0, method: 'initialize', params });
  const session = {
    authorization,
    'mcp-session-id': opened.headers['mcp-session-id'],
    'mcp-protocol-version': '2025-11-25',
  };
  await poster(url, session)('/mcp', { jsonrpc: '2.0', method: 'notifications/initialized' });
  return legacyCaller(url, '/mcp', session, 'echo__echo');
}

function modernCaller(url, key) {
  const version = '2026-07-28';
  const post = poster(url, {
    authorization: `Bearer ${key}`,
    'mcp-protocol-version': version,
    'mcp-method': 'tools/call',
    'mcp-name': 'echo__echo',
  });
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': version,
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return async () => {
    const params = { name: 'echo__echo', arguments: { text: TEXT }, _meta };
    const { text } = await post('/mcp', { jsonrpc: '2.0', id: (nextId += 1), method: 'tools/call', params });
    return textOf(text);
  };
}

function restCaller(url, key) {
  const post = poster(url, { authorization: `Bearer ${key}` });
  return async () => {
    const { text } = await post('/api/mcp/services/echo/tools/echo', { arguments: { text: TEXT } });
    return JSON.parse(text).result?.content[0].text ?? text;
  };
}

async function helper(file, ...upstreams) {
  const child = spawn(process.execPath, [file, ...upstreams], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await new Promise((done) => child.stdout.once('data', (chunk) => done(String(chunk).split('\n'))));
  return { url: `http://127.0.0.1:${JSON.parse(line).port}`, pid: child.pid };
}

/** The product with everything on: key, grants, limits, validation, a durable record. */
async function gatehouse(upstream) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const owner = { email: 'bench@example.org', password: 'a password for the bench' };
  const child = spawn(process.execPath, ['dist/app/server/src/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      GATEHOUSE_DATA_DIR: join(scratch, 'data'),
      GATEHOUSE_OWNER_EMAIL: owner.email,
      GATEHOUSE_OWNER_PASSWORD: owner.password,
      GATEHOUSE_CALLS_PER_MINUTE: '0',
      LOG_LEVEL: 'warn',
    },
  });
  children.push(child);
  await ready(`${url}/health/ready`, child);
  const login = await fetch(`${url}/api/auth/login`, json(owner));
  const cookie = login.headers.getSetCookie()[0].split(';')[0];
  const as = { cookie, origin: url };
  const accessControl = { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] };
  const service = { name: 'echo', slug: 'echo', type: 'http', url: `${upstream}/mcp`, accessControl };
  await succeeded(fetch(`${url}/api/mcp/services`, json(service, as)));
  const { secret } = await succeeded(fetch(`${url}/api/auth/api-keys`, json({ name: 'bench' }, as)));
  // The first call waits until the service is connected; nothing before it is measured.
  await succeeded(
    fetch(
      `${url}/api/mcp/services/echo/tools/echo`,
      json({ arguments: { text: TEXT } }, { authorization: `Bearer ${secret}` }),
    ),
  );
  return { url, key: secret, pid: child.pid };
}

async function succeeded(sent) {
  const response = await sent;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response.json();
}

const json = (body, headers = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

async function ready(probe, child) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (child.exitCode !== null) throw new Error('Gatehouse did not start');
    if (
      await fetch(probe).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  throw new Error('Gatehouse did not become ready');
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** Of all its threads, in user and kernel mode. */
function cpuSecondsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}

function memoryOf(pid) {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line ? Math.round(Number(line[1]) / 1024) : 0;
}

function print(table, megabytes) {
  const median = (figures, name) => figures.map((each) => each[name]).sort((a, b) => a - b)[figures.length >> 1];
  console.log(`\nMedians of ${rounds} interleaved rounds of ${seconds} s; 0.2 kB results; everything on\n`);
  console.log(
    `| contestant | ${callers.map((count) => `calls/s at ${count} | of bare proxy | p50 ms | CPU ms`).join(' | ')} |`,
  );
  console.log(`| --- |${callers.map(() => ' ---: | ---: | ---: | ---: |').join('')}`);
  for (const [name, byCount] of Object.entries(table)) {
    const cells = callers.map((count) => {
      const perSecond = median(byCount[count], 'perSecond');
      const share = perSecond / median(table['bare proxy'][count], 'perSecond');
      return `${perSecond.toFixed(0)} | ${share.toFixed(2)} | ${median(byCount[count], 'p50').toFixed(2)} | ${median(byCount[count], 'cpuMs').toFixed(2)}`;
    });
    console.log(`| ${name} | ${cells.join(' | ')} |`);
  }
  console.log(`\nMemory of Gatehouse afterwards: ${megabytes} MB`);
}

try {
  await main();
} finally {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))));
  rmSync(scratch, { recursive: true, force: true });
}
