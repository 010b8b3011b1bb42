// What every bench needs around it: helpers in processes of their own, and the product with everything on.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import { freePort } from '../scripts/free-port.mjs';

/** What Linux counts processor time in. */
const CLOCK_TICKS_PER_SECOND = 100;
/** Shares are for people; this caller is as many as it wants to be. */
const NO_BOUNDS = { ratePerMinute: 0, concurrency: 1000, queue: 10_000, dailyQuota: 0 };
/** Of one that is asked to end. */
const PATIENCE_MS = 10_000;
const BOTH = 'application/json, text/event-stream';
const children = [];
const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));

const endings = [];
let stopping;

/** Ends every process that was started here, and what those have started. */
export function stopAll() {
  return (stopping ??= stopOnce());
}

async function stopOnce() {
  const below = children.flatMap(({ pid }) => treeOf(pid));
  await Promise.all(children.map(end));
  for (const { pid, since } of below) if (processes().get(pid)?.since === since) process.kill(pid, 'SIGKILL');
  await Promise.all(endings.map((ending) => ending()));
  rmSync(scratch, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stopAll().then(() => process.exit(1)));

async function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
  clearTimeout(patience);
}

/** What is to be done when everything that was started here has ended. */
export const atTheEnd = (ending) => endings.push(ending);

/** A new folder that goes at the end. */
export const folder = (name) => mkdtempSync(join(scratch, `${name}-`));

/** Starts a process that ends with this one. */
export function start(command, args, options) {
  const child = spawn(command, args, options);
  children.push(child);
  return child;
}

/** Runs a file of this folder that prints `{"port": …}` when it is ready. */
export async function helper(file, ...args) {
  const child = start(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await new Promise((done) => child.stdout.once('data', (chunk) => done(String(chunk).split('\n'))));
  return { url: `http://127.0.0.1:${JSON.parse(line).port}`, pid: child.pid };
}

/**
 * The product with everything on: key, grants, limits, validation, a durable record.
 *
 * @param upstreams slug → address of its MCP endpoint, or how a service that is not reached by HTTP is; everybody may use them
 * @param env settings beyond those of every bench
 * @returns its address and process, the secret of a key whose limits are out of the way, and who makes one of another person
 */
export async function gatehouse(upstreams, env = {}) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const owner = { email: 'bench@example.org', password: 'a password for the bench' };
  const child = start(process.execPath, ['--max-semi-space-size=16', 'dist/app/server/src/main.js'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      GATEHOUSE_DATA_DIR: folder('data'),
      GATEHOUSE_OWNER_EMAIL: owner.email,
      GATEHOUSE_OWNER_PASSWORD: owner.password,
      LOG_LEVEL: 'warn',
      ...env,
    },
  });
  await ready(`${url}/health/ready`, child);
  const login = await fetch(`${url}/api/auth/login`, json(owner));
  const as = { cookie: login.headers.getSetCookie()[0].split(';')[0], origin: url };
  const accessControl = { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] };
  await succeeded(fetch(`${url}/api/mcp/limits`, json({ subject: { kind: 'everyone' }, ...NO_BOUNDS }, as)));
  for (const [slug, address] of Object.entries(upstreams)) {
    const source = typeof address === 'string' ? { type: 'http', url: address } : address;
    const service = { name: slug, slug, ...source, accessControl };
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

/**
 * Posts JSON over connections that are kept.
 *
 * @param patienceMs how long one that answers may be silent
 * @returns `{ status, headers, text }`
 */
export function poster(origin, headers, patienceMs = 300_000) {
  const pool = new Pool(origin, { connections: 256, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  return async (path, body) => {
    const response = await pool.request({
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: BOTH, ...headers },
      body: JSON.stringify(body),
    });
    return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
  };
}

/** A legacy server may answer as an event stream with one event. */
export const messageOf = (text) =>
  JSON.parse(text.startsWith('{') ? text : (/^data: (\{.+\})$/m.exec(text)?.[1] ?? '{}'));

/** The text that a tool gave, or else all that came. */
export const textOf = (answer) => messageOf(answer).result?.content?.[0]?.text ?? answer;

/** What a client of 2025-11-25 says first. */
export const HELLO = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } },
};
export const HELLO_OVER = { jsonrpc: '2.0', method: 'notifications/initialized' };

/**
 * Opens a session of 2025-11-25, or of what the server prefers.
 *
 * @param key none for a server that asks for none
 * @returns its headers
 */
export async function session(url, key) {
  const who = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const opened = await fetch(`${url}/mcp`, json(HELLO, { ...who, accept: BOTH }));
  const { result } = messageOf(await opened.text());
  const headers = {
    ...who,
    'mcp-session-id': opened.headers.get('mcp-session-id'),
    'mcp-protocol-version': result.protocolVersion,
  };
  const told = await fetch(`${url}/mcp`, json(HELLO_OVER, { ...headers, accept: BOTH }));
  await told.text();
  return headers;
}

/** All that runs now: pid → its parent, and when it began. */
function processes() {
  const found = new Map();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const fields = statOf(name);
    if (fields) found.set(Number(name), { parent: Number(fields[1]), since: fields[19] });
  }
  return found;
}

/** A process and all that came of it. */
export function treeOf(root) {
  const all = processes();
  const isBelow = (pid) => pid === root || (all.has(pid) && isBelow(all.get(pid).parent));
  return [...all].filter(([pid]) => isBelow(pid)).map(([pid, { since }]) => ({ pid, since }));
}

/** Of all its threads, in user and kernel mode; nothing of one that has ended. */
export function cpuSecondsOf(pid) {
  const fields = statOf(pid);
  return fields ? (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_SECOND : 0;
}

/** What Linux says of a process, from its state on. */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
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
