// What every bench needs around it: helpers in processes of their own, and the product with everything on.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

/** What Linux counts processor time in. */
const CLOCK_TICKS_PER_SECOND = 100;
/** Shares are for people; this caller is as many as it wants to be. */
const NO_BOUNDS = { ratePerMinute: 0, concurrency: 1000, queue: 10_000, dailyQuota: 0 };
const children = [];
const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));

/** Ends every process that was started here. */
export async function stopAll() {
  for (const child of children) child.kill('SIGTERM');
  await Promise.all(children.map((child) => child.exitCode ?? new Promise((done) => child.once('exit', done))));
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs a file of this folder that prints `{"port": …}` when it is ready. */
export async function helper(file, ...args) {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await new Promise((done) => child.stdout.once('data', (chunk) => done(String(chunk).split('\n'))));
  return { url: `http://127.0.0.1:${JSON.parse(line).port}`, pid: child.pid };
}

/**
 * The product with everything on: key, grants, limits, validation, a durable record.
 *
 * @param upstreams slug → address of its MCP endpoint; everybody may use them
 * @returns its address and process, the secret of a key whose limits are out of the way, and who makes one of another person
 */
export async function gatehouse(upstreams) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const owner = { email: 'bench@example.org', password: 'a password for the bench' };
  const child = spawn(process.execPath, ['--max-semi-space-size=16', 'dist/app/server/src/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      GATEHOUSE_DATA_DIR: join(scratch, 'data'),
      GATEHOUSE_OWNER_EMAIL: owner.email,
      GATEHOUSE_OWNER_PASSWORD: owner.password,
      LOG_LEVEL: 'warn',
    },
  });
  children.push(child);
  await ready(`${url}/health/ready`, child);
  const login = await fetch(`${url}/api/auth/login`, json(owner));
  const as = { cookie: login.headers.getSetCookie()[0].split(';')[0], origin: url };
  const accessControl = { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] };
  await succeeded(fetch(`${url}/api/mcp/limits`, json({ subject: { kind: 'everyone' }, ...NO_BOUNDS }, as)));
  for (const [slug, address] of Object.entries(upstreams)) {
    const service = { name: slug, slug, type: 'http', url: address, accessControl };
    const { id } = await succeeded(fetch(`${url}/api/mcp/services`, json(service, as)));
    const subject = { kind: 'service', id };
    await succeeded(fetch(`${url}/api/mcp/limits`, json({ subject, ...NO_BOUNDS, ratePerMinute: 0 }, as)));
  }
  const keyOf = async (person) =>
    (await succeeded(fetch(`${url}/api/auth/api-keys`, json({ name: 'bench' }, person)))).secret;
  const newPerson = async (email) => {
    const { password } = owner;
    await succeeded(fetch(`${url}/api/users`, json({ email, displayName: email, password }, as)));
    const answer = await fetch(`${url}/api/auth/login`, json({ email, password }));
    return keyOf({ cookie: answer.headers.getSetCookie()[0].split(';')[0], origin: url });
  };
  return { url, key: await keyOf(as), pid: child.pid, newPerson };
}

export async function succeeded(sent) {
  const response = await sent;
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response.json();
}

export const json = (body, headers = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Posts JSON over connections that are kept. @returns `{ headers, text }` */
export function poster(origin, headers) {
  const pool = new Pool(origin, { connections: 256 });
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

/** Opens a session of 2025-11-25. @returns its headers */
export async function session(url, key) {
  const authorization = `Bearer ${key}`;
  const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } };
  const opened = await fetch(
    `${url}/mcp`,
    json(
      { jsonrpc: '2.0', id: 0, method: 'initialize', params },
      { authorization, accept: 'application/json, text/event-stream' },
    ),
  );
  await opened.text();
  const headers = {
    authorization,
    'mcp-session-id': opened.headers.get('mcp-session-id'),
    'mcp-protocol-version': '2025-11-25',
  };
  const told = await fetch(
    `${url}/mcp`,
    json(
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { ...headers, accept: 'application/json, text/event-stream' },
    ),
  );
  await told.text();
  return headers;
}

/** Of all its threads, in user and kernel mode. */
export function cpuSecondsOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND;
}

/** Resident, MB. */
export function memoryOf(pid) {
  const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return line ? Number(line[1]) / 1024 : 0;
}

async function ready(probe, child) {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) throw new Error('Gatehouse did not start');
    const isReady = await fetch(probe).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
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
