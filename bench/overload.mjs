// What is left of Gatehouse when ten times more is asked of it than it can do.
//
// First the peak, closed loop: callers that wait for their answers. Then `--times` that, open loop: calls come at their time,
// whether or not earlier ones were answered. Then the peak's callers again, until it is as fast as before.
//
//   npm run bench -- overload [--seconds 30 --times 10 --people 16 --door modern|legacy|rest --connections 4000]
//
// Goodput counts answers that are right; every one of them must be on record afterwards. Read the ratios: generator, service
// and product share the processors. When "offered" falls short of what was intended, the generator was the limit.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startGatehouse } from '../libs/testing/src/start-gatehouse.ts';
import { RawClient, postBytes } from './raw-client.mjs';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '30' },
    times: { type: 'string', default: '10' },
    people: { type: 'string', default: '16' },
    door: { type: 'string', default: 'modern' },
    connections: { type: 'string', default: '4000' },
    callers: { type: 'string', default: '16,32,64,128' },
  },
});
const seconds = Number(values.seconds);
const times = Number(values.times);
const TEXT = 'x'.repeat(200);
const PATIENCE_MS = 10_000;
const PEAK_SECONDS = 4;
const RECOVERY_SECONDS = 15;
const WINDOW_MS = 500;
/** The end of the recovery, 5 s. */
const LAST_WINDOWS = 10;
const PASSWORD = 'a password for the bench';
const MODERN = '2026-07-28';

async function main() {
  const upstream = await echoUpstream();
  const gatehouse = await startGatehouse({
    env: {
      GATEHOUSE_OWNER_EMAIL: 'bench@example.org',
      GATEHOUSE_OWNER_PASSWORD: PASSWORD,
      GATEHOUSE_CALLS_PER_MINUTE: '0',
      LOG_LEVEL: 'fatal',
    },
  });
  try {
    const owner = gatehouse.caller();
    await owner.login('bench@example.org', PASSWORD);
    const requests = await prepare(gatehouse.url, owner, upstream.url);
    await report(gatehouse, owner, requests);
  } finally {
    await gatehouse.stop();
    upstream.child.kill('SIGTERM');
  }
}

async function report(gatehouse, owner, requests) {
  const client = new RawClient(gatehouse.url, { most: 1_000, patienceMs: PATIENCE_MS });
  // Those of the storm stay where they are when it is over, until they are answered or give up.
  const crowd = new RawClient(gatehouse.url, { most: Number(values.connections), patienceMs: PATIENCE_MS });
  await closedLoop(client, requests, 16, 2);
  const idle = await closedLoop(client, requests, 1, 2);
  let peak = { perSecond: 0 };
  for (const callers of values.callers.split(',').map(Number)) {
    const round = await closedLoop(client, requests, callers, PEAK_SECONDS);
    console.log(
      `closed loop, ${callers} callers: ${round.perSecond.toFixed(0)} calls/s, p99 ${p99(round.latencies).toFixed(0)} ms`,
    );
    if (round.perSecond > peak.perSecond) peak = { ...round, callers };
  }
  const health = watchHealth(gatehouse.url, gatehouse.pid);
  const storm = await openLoop(crowd, requests, peak.perSecond * times);
  const seen = health.stop();
  const recovery = await recover(client, requests, peak);
  for (const each of [client, crowd]) each.close();
  const right = idle.right + storm.right + recovery.right;
  const calls = await callsOnRecord(owner);
  const ratio = (value, of) => (value / of).toFixed(2);
  console.log(`
door ${values.door}, ${values.people} people, ${seconds} s at ${times} times the peak
peak                     ${peak.perSecond.toFixed(0)} calls/s with ${peak.callers} callers, p99 ${p99(peak.latencies).toFixed(0)} ms
offered                  ${ratio(storm.offered / seconds, peak.perSecond)} of the peak, of which ${ratio(storm.offered - (storm.unanswered.full ?? 0), storm.offered)} found one of ${values.connections} connections free (generator's lag at most ${storm.lagMs.toFixed(0)} ms)
goodput                  ${ratio(storm.right / seconds, peak.perSecond)} of the peak
p99 of the admitted      ${p99(storm.latencies).toFixed(0)} ms: ${ratio(p99(storm.latencies), p99(peak.latencies))} of that at the peak, ${ratio(p99(storm.latencies), p99(idle.latencies))} of that of one caller
refused                  ${words(storm.refused)}; ${storm.withRetryAfter} of them say when to come back
without an answer        ${words(storm.unanswered)}; ${storm.offered - answered(storm)} still waiting when it was over
wrong answers            ${storm.wrong}
liveness during it       ${seen.answered} of ${seen.asked} in time, slowest ${seen.slowestMs.toFixed(0)} ms
largest memory           ${seen.megabytes} MB
back to 95 % of the peak ${recovery.backMs === undefined ? `not within ${RECOVERY_SECONDS} s` : `after ${(recovery.backMs / 1000).toFixed(1)} s`}; in the last 5 s ${ratio(recovery.perSecond, peak.perSecond)} of the peak
on record                ${calls} calls, at least ${right} were answered rightly${calls < right ? ' – CALLS ARE MISSING' : ''}
`);
  if (calls < right || storm.wrong > 0) process.exitCode = 1;
}

/** @returns for each person, who makes the bytes of a call */
async function prepare(url, owner, upstream) {
  const accessControl = { grants: [{ subject: { kind: 'everyone' }, effect: 'allow' }] };
  const service = { name: 'echo', slug: 'echo', type: 'http', url: `${upstream}/mcp`, accessControl };
  await owner.call('POST', '/api/mcp/services', service);
  const requests = [];
  for (let each = 0; each < Number(values.people); each += 1) {
    const email = `person${each}@example.org`;
    await owner.call('POST', '/api/users', { email, displayName: email, password: PASSWORD });
    const caller = new owner.constructor(url);
    await caller.login(email, PASSWORD);
    const { secret } = await caller.call('POST', '/api/auth/api-keys', { name: 'bench' });
    requests.push(numbered(await requestOf[values.door](url, { authorization: `Bearer ${secret}` })));
  }
  return requests;
}

/** In one session no two calls may have the same id at the same time. */
let lastId = 1_000_000_000;

/** @returns the same bytes each time, but for the id */
function numbered(bytes) {
  const at = bytes.indexOf(`"id":${1_000_000_000}`);
  return () => {
    if (at === -1) return bytes;
    const copy = Buffer.from(bytes);
    copy.write(String((lastId += 1)), at + '"id":'.length);
    return copy;
  };
}

const args = { arguments: { text: TEXT } };
const requestOf = {
  rest: (url, bearer) => postBytes(url, '/api/mcp/services/echo/tools/echo', bearer, args),
  modern: (url, bearer) => {
    const headers = { 'mcp-protocol-version': MODERN, 'mcp-method': 'tools/call', 'mcp-name': 'echo__echo' };
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': MODERN,
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    const params = { name: 'echo__echo', ...args, _meta };
    return postBytes(
      url,
      '/mcp',
      { ...bearer, ...headers },
      { jsonrpc: '2.0', id: 1_000_000_000, method: 'tools/call', params },
    );
  },
  legacy: async (url, bearer) => {
    const send = (body, headers = {}) =>
      fetch(`${url}/mcp`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...bearer,
          ...headers,
        },
        body: JSON.stringify(body),
      });
    const clientInfo = { name: 'bench', version: '1.0.0' };
    const opened = await send({
      jsonrpc: '2.0',
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
    });
    await opened.text();
    const session = {
      'mcp-session-id': opened.headers.get('mcp-session-id'),
      'mcp-protocol-version': '2025-11-25',
    };
    await send({ jsonrpc: '2.0', method: 'notifications/initialized' }, session);
    const params = { name: 'echo__echo', ...args };
    return postBytes(
      url,
      '/mcp',
      { ...bearer, ...session },
      { jsonrpc: '2.0', id: 1_000_000_000, method: 'tools/call', params },
    );
  },
};

/** `callers` that each wait for their answer. */
async function closedLoop(client, requests, callers, forSeconds) {
  const tally = newTally();
  const started = performance.now();
  const end = started + forSeconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < end) {
        const from = performance.now();
        count(tally, await client.ask(requests[caller % requests.length]()), from);
      }
    }),
  );
  return { ...tally, perSecond: (tally.right / (performance.now() - started)) * 1000 };
}

/** One way or the other. */
const answered = ({ right, wrong, refused, unanswered }) =>
  right + wrong + [refused, unanswered].flatMap(Object.values).reduce((sum, each) => sum + each, 0);

/** `perSecond` calls, each at its time; the time of an answer is counted from when the call was due. */
async function openLoop(client, requests, perSecond) {
  const tally = newTally();
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const started = performance.now();
  let sent = 0;
  for (let now = 0; now < seconds * 1000; now = performance.now() - started) {
    for (const due = Math.floor((now * perSecond) / 1000); sent < due; sent += 1) {
      const from = started + (sent * 1000) / perSecond;
      void client.ask(requests[sent % requests.length]()).then((answer) => {
        count(tally, answer, from);
      });
    }
    await pause(1);
  }
  lag.disable();
  // What is answered after the storm is no goodput of the storm.
  return { ...structuredClone(tally), offered: sent, lagMs: lag.max / 1e6 };
}

/** The peak's callers again; when a window of half a second is as fast as the peak, it is over. */
async function recover(client, requests, peak) {
  const windows = [];
  const started = performance.now();
  let right = 0;
  let backMs;
  while (performance.now() - started < RECOVERY_SECONDS * 1000) {
    const window = await closedLoop(client, requests, peak.callers, WINDOW_MS / 1000);
    right += window.right;
    if (backMs === undefined && window.perSecond >= 0.95 * peak.perSecond) backMs = performance.now() - started;
    windows.push(window.perSecond);
  }
  const last = windows.slice(-LAST_WINDOWS);
  return { right, backMs, perSecond: last.reduce((sum, each) => sum + each, 0) / last.length };
}

const newTally = () => ({
  right: 0,
  wrong: 0,
  withRetryAfter: 0,
  refused: {},
  unanswered: {},
  latencies: [],
});

function count(tally, { status, text, retryAfter }, from) {
  if (status === 200 && text.includes(TEXT)) {
    tally.right += 1;
    tally.latencies.push(performance.now() - from);
  } else if (status === 0) tally.unanswered[text] = (tally.unanswered[text] ?? 0) + 1;
  else if (status === 200 && !/"(error|isError)"/.test(text)) tally.wrong += 1;
  else {
    const code = `${status} ${/"code":"?([\w-]+)/.exec(text)?.[1] ?? ''}`.trim();
    tally.refused[code] = (tally.refused[code] ?? 0) + 1;
    if (retryAfter !== undefined || /retryAfter|seconds/.test(text)) tally.withRetryAfter += 1;
  }
}

function p99(latencies) {
  const sorted = latencies.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.99)] ?? NaN;
}

const words = (counts) =>
  Object.entries(counts)
    .map(([what, often]) => `${often} × ${what}`)
    .join(', ') || 'none';

/** Asks twice a second whether the process lives, and looks at its memory. */
function watchHealth(url, pid) {
  const seen = { asked: 0, answered: 0, slowestMs: 0, megabytes: 0 };
  const look = async () => {
    seen.asked += 1;
    const line = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    seen.megabytes = Math.max(seen.megabytes, Math.round(Number(line?.[1] ?? 0) / 1024));
    const from = performance.now();
    const alive = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(PATIENCE_MS) }).catch(
      () => undefined,
    );
    seen.slowestMs = Math.max(seen.slowestMs, performance.now() - from);
    if (alive?.ok) seen.answered += 1;
  };
  const timer = setInterval(() => void look(), 500);
  return {
    stop: () => {
      clearInterval(timer);
      return seen;
    },
  };
}

async function callsOnRecord(owner) {
  const { items } = await owner.call('GET', '/api/usage?by=service');
  return items.reduce((sum, { calls }) => sum + calls, 0);
}

async function echoUpstream() {
  const child = spawn(process.execPath, ['bench/echo-upstream.mjs'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise((done) => child.stdout.once('data', (chunk) => done(String(chunk).split('\n')[0])));
  return { child, url: `http://127.0.0.1:${JSON.parse(line).port}` };
}

await main();
