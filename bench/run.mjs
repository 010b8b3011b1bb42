// Compares a direct call, a bare Node proxy and Gatehouse in one run: interleaved rounds, every answer checked,
// medians, ratios. Absolute figures are the machine's; trust the ratios.
//
//   npm run bench [-- --seconds 2 --rounds 3 --warm 8 --callers 1,16,64,256 --sizes 200,10000,1000000 --only legacy
//                   --soak 0 --database mariadb]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startMariadb } from '../scripts/mariadb.mjs';
import { figureOf, interleaved, median, row, rule, title } from './measure.mjs';
import { atTheEnd, gatehouse, helper, memoryOf, poster, session, stopAll, textOf } from './product.mjs';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    /** Seconds of calls before anything is measured: a gateway runs for weeks, and V8 takes thousands of calls to compile its code well. */
    warm: { type: 'string', default: '8' },
    callers: { type: 'string', default: '1,16,64,256' },
    /** Of results, bytes; the first with all callers, the others with four. */
    sizes: { type: 'string', default: '200,10000,1000000' },
    only: { type: 'string', default: '' },
    /** Minutes. */
    soak: { type: 'string', default: '0' },
    /** `mariadb`: one Gatehouse more, on a throw-away server of its own. */
    database: { type: 'string', default: 'sqlite' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const seconds = Number(values.seconds);
const rounds = Number(values.rounds);
const callers = numbers(values.callers);
const [smallest, ...larger] = numbers(values.sizes);
const TOOLS = 2_000;
/** One person may have two hundred. */
const SESSIONS = 200;
const PEOPLE = 5;
const FEW = 4;
const LEGACY = 'Gatehouse /mcp legacy';
const ON_MARIADB = `${LEGACY}, MariaDB`;

async function main() {
  const upstream = await helper('bench/echo-upstream.mjs');
  const proxy = await helper('bench/bare-proxy.mjs', upstream.url);
  const recording = await helper('bench/recording-proxy.mjs', upstream.url);
  const many = await helper('bench/echo-upstream.mjs', String(TOOLS / 4));
  const upstreams = { echo: `${upstream.url}/mcp` };
  for (let part = 1; part <= 4; part += 1) upstreams[`many-${part}`] = `${many.url}/mcp`;
  const one = await gatehouse(upstreams);
  const { url, key, pid } = one;
  const pids = () => [pid];
  await pause(2_000);
  const contestants = {
    direct: { pids: () => [upstream.pid], caller: legacyCaller(upstream.url, {}, 'echo') },
    'bare proxy': { pids: () => [proxy.pid], caller: legacyCaller(proxy.url, {}, 'echo') },
    'bare proxy with a record': { pids: () => [recording.pid], caller: legacyCaller(recording.url, {}, 'echo') },
    [LEGACY]: { pids, caller: legacyCaller(url, await session(url, key), 'echo__echo') },
    ...(values.database === 'mariadb' && { [ON_MARIADB]: await onMariadb(upstreams) }),
    'Gatehouse /mcp modern': { pids, caller: modernCaller(url, key) },
    'Gatehouse REST': { pids, caller: restCaller(url, key) },
  };
  for (const name of Object.keys(contestants))
    if (!name.startsWith('bare proxy') && !name.includes(values.only)) delete contestants[name];
  for (const [name, contestant] of Object.entries(contestants))
    await measure(name, contestant, 16, Number(values.warm), smallest);
  await calls(contestants);
  for (const bytes of larger) await sizes(contestants, bytes);
  console.log(`\nMemory after the calls: ${memoryOf(pid).toFixed(0)} MB`);
  if (values.only === '') {
    await lists(one);
    await sessions(one);
  }
  if (Number(values.soak) > 0) await soak(one, contestants, Number(values.soak));
}

/** The server's computing counts as well: of the other, the database is within the process. */
async function onMariadb(upstreams) {
  const starting = startMariadb();
  atTheEnd(() => starting.then(({ stop }) => stop()));
  const database = await starting;
  const { url, key, pid } = await gatehouse(upstreams, { DATABASE_URL: database.url });
  await pause(2_000);
  return { pids: () => [pid, database.pid], caller: legacyCaller(url, await session(url, key), 'echo__echo') };
}

async function calls(contestants) {
  const table = await interleaved(contestants, { counts: callers, rounds, seconds, bytes: smallest }, measure);
  const head = callers.map((count) => `calls/s at ${count} | of bare proxy | p50 ms | CPU ms`);
  title(`Calls: medians of ${rounds} interleaved rounds of ${seconds} s; results of ${smallest} bytes`);
  row('contestant', ...head);
  rule(1 + 4 * callers.length);
  for (const [name, byCount] of Object.entries(table)) {
    const cells = callers.map((count) => {
      const perSecond = median(byCount[count], 'perSecond');
      const share = perSecond / median(table['bare proxy'][count], 'perSecond');
      return `${perSecond.toFixed(0)} | ${share.toFixed(2)} | ${median(byCount[count], 'p50').toFixed(2)} | ${median(byCount[count], 'cpuMs').toFixed(3)}`;
    });
    row(name, ...cells);
  }
  if (table[LEGACY] && table[ON_MARIADB]) byDatabase(table);
}

function byDatabase(table) {
  title('Of the calls/s on SQLite, on MariaDB in the same rounds');
  const shares = callers.map((count) => {
    const share = median(table[ON_MARIADB][count], 'perSecond') / median(table[LEGACY][count], 'perSecond');
    return `${share.toFixed(2)} at ${count}`;
  });
  console.log(shares.join(', '));
}

async function sizes(contestants, bytes) {
  const table = await interleaved(contestants, { counts: [FEW], rounds, seconds, bytes }, measure);
  title(`Results of ${bytes} bytes, ${FEW} callers`);
  row('contestant', 'MB/s', 'of bare proxy', 'CPU ms');
  rule(4);
  for (const [name, byCount] of Object.entries(table)) {
    const perSecond = median(byCount[FEW], 'perSecond');
    const share = perSecond / median(table['bare proxy'][FEW], 'perSecond');
    row(name, ((perSecond * bytes) / 1e6).toFixed(1), share.toFixed(2), median(byCount[FEW], 'cpuMs').toFixed(2));
  }
}

async function lists({ url, key, pid }) {
  title(`tools/list of ${TOOLS + 1} tools, ${FEW} callers`);
  const eras = {
    legacy: [await session(url, key), {}],
    modern: [modernHeaders(key, 'tools/list'), { _meta: MODERN_META }],
  };
  for (const [era, [headers, params]] of Object.entries(eras)) {
    const post = poster(url, headers);
    let id = 0;
    let known;
    // To take one apart costs the generator more than it costs the product to make it: that is done once, the others are equal.
    const caller = () => async () => {
      const { text } = await post('/mcp', { jsonrpc: '2.0', id: (id += 1), method: 'tools/list', params });
      const list = text.replace(/"id":\d+/, '');
      known ??= JSON.parse(text).result.tools.length === TOOLS + 1 ? list : undefined;
      return list === known ? TOOLS + 1 : text;
    };
    const figure = await measure('tools/list', { pids: () => [pid], caller, right: TOOLS + 1 }, FEW, seconds, 0);
    console.log(
      `${era}: p50 ${figure.p50.toFixed(1)} ms, ${figure.perSecond.toFixed(0)} lists/s, ${figure.cpuMs.toFixed(1)} ms of computing each`,
    );
  }
}

async function sessions({ url, pid, newPerson }) {
  const keys = [];
  for (let each = 0; each < PEOPLE; each += 1) keys.push(await newPerson(`person${each}@example.org`));
  // What opening one takes for the first time is no part of what it keeps.
  for (let each = 0; each < SESSIONS; each += 10)
    await Promise.all(Array.from({ length: 10 }, () => session(url, keys[0])));
  const before = memoryOf(pid);
  const started = performance.now();
  let opened = 0;
  for (const key of keys.slice(1))
    for (let each = 0; each < SESSIONS; each += 10, opened += 10)
      await Promise.all(Array.from({ length: 10 }, () => session(url, key)));
  const perSecond = (opened / (performance.now() - started)) * 1000;
  title(`${opened + SESSIONS} idle sessions of ${PEOPLE} people`);
  console.log(
    `opened at ${perSecond.toFixed(0)}/s; ${(((memoryOf(pid) - before) * 1024) / opened).toFixed(0)} KB of resident memory each, garbage of opening them included`,
  );
}

/** Calls for minutes, and what memory does meanwhile. */
async function soak({ pid }, contestants, minutes) {
  const samples = [];
  const name = LEGACY;
  const contestant = contestants[name] ?? Object.values(contestants).at(-1);
  const until = performance.now() + minutes * 60_000;
  let answered = 0;
  while (performance.now() < until) {
    const { perSecond } = await measure(name, contestant, 64, 10, smallest);
    answered += perSecond * 10;
    samples.push([performance.now() / 60_000, memoryOf(pid)]);
  }
  // What is filled once, caches above all, is filled in the first third.
  const settled = samples.slice(Math.floor(samples.length / 3));
  title(`${minutes} minutes at 64 callers`);
  console.log(
    `${answered.toFixed(0)} right answers; memory at the end ${samples.at(-1)[1].toFixed(0)} MB, ${slopeOf(settled).toFixed(2)} MB/min in the last two thirds`,
  );
}

/** A figure in which nothing is wrong. */
async function measure(name, ...how) {
  const figure = await figureOf(name, ...how);
  for (const [answer, often] of Object.entries(figure.wrong))
    throw new Error(`${name} gave a wrong answer, ${often} times: ${answer}`);
  return figure;
}

let nextId = 0;

/** What is sent goes out small and comes back as large as is measured. */
const argumentsFor = (text) => (text.length > 1_000 ? { text: 'x', times: text.length } : { text });

function legacyCaller(origin, headers, tool) {
  const post = poster(origin, headers);
  return (text) => async () => {
    const params = { name: tool, arguments: argumentsFor(text) };
    const answer = await post('/mcp', { jsonrpc: '2.0', id: (nextId += 1), method: 'tools/call', params });
    return textOf(answer.text);
  };
}

const MODERN = '2026-07-28';
const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': MODERN,
  'io.modelcontextprotocol/clientCapabilities': {},
};
const modernHeaders = (key, method) => ({
  authorization: `Bearer ${key}`,
  'mcp-protocol-version': MODERN,
  'mcp-method': method,
});

function modernCaller(url, key) {
  const post = poster(url, { ...modernHeaders(key, 'tools/call'), 'mcp-name': 'echo__echo' });
  const _meta = MODERN_META;
  return (text) => async () => {
    const params = { name: 'echo__echo', arguments: argumentsFor(text), _meta };
    const answer = await post('/mcp', { jsonrpc: '2.0', id: (nextId += 1), method: 'tools/call', params });
    return textOf(answer.text);
  };
}

function restCaller(url, key) {
  const post = poster(url, { authorization: `Bearer ${key}` });
  return (text) => async () => {
    const answer = await post('/api/mcp/services/echo/tools/echo', { arguments: argumentsFor(text) });
    return JSON.parse(answer.text).result?.content[0].text ?? answer.text;
  };
}

/** Of a line through points, by least squares. */
function slopeOf(points) {
  const mean = (at) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const across = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return across / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

try {
  await main();
} finally {
  await stopAll();
}
