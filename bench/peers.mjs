// Compares Gatehouse with everything on with gateways that npm has, in one run: the same echo behind each, interleaved rounds,
// every answer checked. Installs them, at exactly these versions, into a folder that is removed at the end.
//
//   npm run bench -- peers [--seconds 2 --rounds 3 --callers 1,16,64 --bytes 200 --sessions 1]
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { freePort } from '../scripts/free-port.mjs';
import { interleaved, median, row, rule, title } from './measure.mjs';
import { folder, gatehouse, helper, memoryOf, poster, session, start, stopAll, textOf, treeOf } from './product.mjs';
import { openEvents } from './sse-client.mjs';

const { values } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    callers: { type: 'string', default: '1,16,64' },
    /** Of results. */
    bytes: { type: 'string', default: '200' },
    /** Of a client with each contestant; calls go to them in turn. */
    sessions: { type: 'string', default: '1' },
  },
});
const [seconds, rounds, bytes, sessions] = ['seconds', 'rounds', 'bytes', 'sessions'].map((name) =>
  Number(values[name]),
);
const counts = values.callers.split(',').map(Number);
/** Of a call; and of a peer that starts. */
const PATIENCE_MS = 10_000;
const START_MS = 60_000;
const DIRECT = 'direct, HTTP';
const OURS = 'Gatehouse';
const NODE = process.execPath;
const ECHO = join(import.meta.dirname, 'echo-stdio.mjs');
const LOOPBACK = join(import.meta.dirname, 'loopback.mjs');

/** `args`: what it is started with; `doors`: what the client speaks, the tool, and what is behind it. */
const PEERS = [
  {
    name: 'mcp-proxy',
    version: '6.7.19',
    args: (port) => ['--host', '127.0.0.1', '--port', port, '--', NODE, ECHO],
    doors: [{ service: 'stdio', tool: 'echo', open: streamable }],
  },
  {
    name: 'supergateway',
    version: '4.0.0',
    args: (port) => [
      ...['--stdio', `"${NODE}" "${ECHO}"`, '--outputTransport', 'streamableHttp', '--stateful'],
      ...['--port', port, '--logLevel', 'none'],
    ],
    doors: [{ service: 'stdio', tool: 'echo', open: streamable }],
  },
  {
    name: 'mcp-hub',
    version: '4.2.1',
    args: (port, { config }) => ['--port', port, '--config', config],
    doors: [
      { service: 'HTTP', tool: 'http__echo', open: events },
      { service: 'stdio', tool: 'stdio__echo', open: events },
    ],
  },
];

const contestants = {};
/** Those that cannot do it, and why. */
const missing = {};

async function main() {
  const upstream = await helper('bench/echo-upstream.mjs');
  const address = `${upstream.url}/mcp`;
  await add(DIRECT, { service: 'HTTP', tool: 'echo', open: streamable }, upstream);
  await addGatehouse(address);
  for (const peer of PEERS) await addPeer(peer, address);
  await interleaved(contestants, { counts: [16], rounds: 1, seconds, bytes });
  const table = await interleaved(contestants, { counts, rounds, seconds, bytes });
  const memory = Object.fromEntries(Object.entries(contestants).map(([name, { pids }]) => [name, memoryOfAll(pids())]));
  figures(table, memory);
  ratios(table, memory);
  if (Object.keys(contestants).some((name) => name.startsWith(OURS) && faultsOf(table[name]).often > 0))
    process.exitCode = 1;
}

async function addGatehouse(address) {
  const stdio = { type: 'stdio', config: { command: NODE, args: [ECHO] } };
  const { url, key, pid } = await gatehouse({ http: address, stdio });
  for (const service of ['HTTP', 'stdio']) {
    const door = { service, tool: `${service.toLowerCase()}__echo`, open: (origin) => streamable(origin, key) };
    await add(`${OURS}, ${service}`, door, { url, pid });
  }
}

async function addPeer(peer, address) {
  const name = `${peer.name} ${peer.version}`;
  try {
    const running = await startPeer(peer, address);
    for (const door of peer.doors) await add(`${name}, ${door.service}`, door, running);
  } catch (error) {
    missing[name] = wordsOf(error);
  }
}

/** Takes part from when a first answer is right. */
async function add(name, { service, tool, open }, running) {
  const { url, pid, child } = running;
  const end = performance.now() + START_MS;
  for (;;) {
    try {
      const first = await open(url);
      const answer = await callerOf([first], tool)('first')();
      if (answer !== 'first') throw new Error(answer);
      const others = Array.from({ length: sessions - 1 }, () => open(url));
      const caller = callerOf([first, ...(await Promise.all(others))], tool);
      contestants[name] = { service, caller, pids: () => pidsOf(pid) };
      return;
    } catch (error) {
      if (performance.now() < end && !hasEnded(child)) await pause(500);
      else {
        missing[name] = wordsOf(hasEnded(child) ? `ended by itself: ${running.said}` : error);
        return;
      }
    }
  }
}

/** Installs it into a folder of its own, which is its home too: some keep logs and lists of their processes there. */
async function startPeer({ name, version, args }, address) {
  const home = folder(name);
  await install(home, `${name}@${version}`);
  const config = join(home, 'services.json');
  const mcpServers = { http: { url: address }, stdio: { command: NODE, args: [ECHO] } };
  writeFileSync(config, JSON.stringify({ mcpServers }));
  const installed = join(home, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const port = await freePort();
  const command = ['--import', LOOPBACK, join(installed, bin[name]), ...args(String(port), { config })];
  const child = start(NODE, command, { cwd: home, env: { HOME: home }, stdio: ['ignore', 'ignore', 'pipe'] });
  const peer = { url: `http://127.0.0.1:${port}`, pid: child.pid, child, said: '' };
  child.stderr.on('data', (chunk) => (peer.said = (peer.said + chunk).slice(-1_000)));
  return peer;
}

const hasEnded = (child) => child !== undefined && (child.exitCode !== null || child.signalCode !== null);

async function install(home, wanted) {
  writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true }));
  const npm = start('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error', wanted], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  npm.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise((done) => npm.once('close', done).once('error', done));
  if (code !== 0) throw new Error(`npm could not install ${wanted}: ${said || code}`);
}

/** A gateway and what it has started, but for the service: of one that is reached by HTTP nothing is counted either. */
const pidsOf = (root) =>
  treeOf(root)
    .map(({ pid }) => pid)
    .filter((pid) => pid === root || !isEcho(pid));

function isEcho(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(ECHO);
  } catch {
    return true;
  }
}

/** A session of 2025-11-25, or what the peer prefers, over connections that are kept. */
async function streamable(origin, key) {
  const post = poster(origin, await session(origin, key), PATIENCE_MS);
  return async (message) => {
    const { status, text } = await post('/mcp', message);
    return status === 200 ? text : `${status} ${text}`;
  };
}

function events(origin) {
  return openEvents(origin, PATIENCE_MS);
}

let nextId = 0;

/** No two calls have the same text: an answer to another one is wrong. */
const callerOf = (sends, tool) => (text) => async () => {
  const id = (nextId += 1);
  const own = `${id} ${text}`;
  const params = { name: tool, arguments: { text: own } };
  const answer = textOf(await sends[id % sends.length]({ jsonrpc: '2.0', id, method: 'tools/call', params }));
  return answer === own ? text : answer;
};

function figures(table, memory) {
  title(
    `Medians of ${rounds} interleaved rounds of ${seconds} s; results of ${bytes} bytes; sessions with each: ${sessions}`,
  );
  const head = counts.map((count) => `calls/s at ${count} | p50 ms | CPU ms`);
  row('contestant', ...head, 'wrong answers', 'MB afterwards');
  rule(3 + 3 * counts.length);
  for (const [name, byCount] of Object.entries(table)) {
    const cells = counts.map((count) => {
      const of = (what, digits) => fixed(median(byCount[count], what), digits);
      return `${of('perSecond', 0)} | ${of('p50', 2)} | ${of('cpuMs', 3)}`;
    });
    const { often, reason } = faultsOf(byCount);
    row(name, ...cells, often === 0 ? '0' : `${often}: ${reason}`, fixed(memory[name], 0));
  }
  for (const [name, reason] of Object.entries(missing)) row(name, reason, ...Array(1 + 3 * counts.length).fill('–'));
  console.log(
    '\nComputing and memory are of all processes of a gateway, but for the echo services that it has started. Gatehouse and mcp-hub are one process with both services, and one memory.',
  );
}

function ratios(table, memory) {
  title('Gatehouse ÷ peer with the same service in the same rounds; of calls/s more is better, of the others less');
  const columns = ['calls/s', 'p50', 'CPU'].flatMap((what) => counts.map((count) => `${what} at ${count}`));
  row('peer', ...columns, 'MB afterwards');
  rule(2 + columns.length);
  for (const [name, byCount] of Object.entries(table)) {
    if (name === DIRECT || name.startsWith(OURS)) continue;
    const ours = `${OURS}, ${contestants[name].service}`;
    const ratio = (what) =>
      counts.map((count) => fixed(median(table[ours][count], what) / median(byCount[count], what), 2));
    row(name, ...['perSecond', 'p50', 'cpuMs'].flatMap(ratio), fixed(memory[ours] / memory[name], 2));
  }
  for (const [name, reason] of Object.entries(missing)) row(name, reason, ...Array(columns.length).fill('–'));
}

/** What came instead of right answers, in all rounds: how often, and the first of what was seen most. */
function faultsOf(byCount) {
  const all = Object.values(byCount)
    .flat()
    .flatMap(({ wrong }) => Object.entries(wrong));
  const often = all.reduce((sum, [, times]) => sum + times, 0);
  const [reason] = all.toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return { often, reason: reason && wordsOf(reason) };
}

/** Fit for a cell. */
const wordsOf = (reason) =>
  String(reason)
    .replace(/[\s|]+/g, ' ')
    .slice(0, 120);
const fixed = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
const memoryOfAll = (pids) => pids.reduce((sum, pid) => sum + memoryOf(pid), 0);

try {
  await main();
} finally {
  await stopAll();
}
