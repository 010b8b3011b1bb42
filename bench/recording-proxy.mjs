// The second yardstick: the bare proxy that also reads what it passes on, knows its callers by a hashed key, and has the intent
// and the outcome of each call durable in SQLite (`synchronous = FULL`, group commit in a thread, three indexes and a chain of
// MACs) before it acts and before it answers. No product that promises such a record can do with less.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';

if (isMainThread) proxy(process.argv[2]);
else writer(workerData);

function proxy(origin) {
  const pool = new Pool(origin, { connections: 64 });
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-record-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.on('SIGTERM', () => process.exit());
  const record = recorder(folder);
  const callers = new Set();
  const server = createServer(async (request, response) => {
    const message = JSON.parse(await bytesOf(request));
    const key = createHash('sha256').update(String(request.headers.authorization)).digest('base64');
    if (!callers.has(key)) callers.add(key);
    const id = randomUUID();
    await record({
      id,
      tool: String(message.params?.name),
      caller: key,
      at: Date.now(),
      asked: JSON.stringify(message.params),
    });
    const { statusCode, headers, body } = await pool.request({
      path: request.url,
      method: request.method,
      headers: { 'content-type': request.headers['content-type'], accept: request.headers.accept },
      body: JSON.stringify(message),
    });
    const text = await body.text();
    const type = headers['content-type'] ?? 'application/json';
    const answer = type.startsWith('application/json') && text !== '' ? JSON.parse(text) : text;
    await record({ id, done: Date.now(), answered: JSON.stringify(answer) });
    const out = typeof answer === 'string' ? answer : JSON.stringify(answer);
    response.writeHead(statusCode, { 'content-type': type, 'content-length': Buffer.byteLength(out) }).end(out);
  });
  server.keepAliveTimeout = 120_000;
  server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
}

async function bytesOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** @returns resolves when a row is durable; what comes while others are written shares the next transaction */
function recorder(folder) {
  const thread = new Worker(new URL(import.meta.url), { workerData: folder });
  let waiting = [];
  let underWay;
  const next = () => {
    underWay = waiting;
    waiting = [];
    thread.postMessage(JSON.stringify(underWay.map(({ row }) => row)));
  };
  thread.on('message', () => {
    const written = underWay;
    underWay = undefined;
    if (waiting.length > 0) next();
    for (const { done } of written) done();
  });
  return (row) =>
    new Promise((done) => {
      waiting.push({ row, done });
      if (waiting.length === 1 && !underWay) setImmediate(next);
    });
}

function writer(folder) {
  const database = new DatabaseSync(join(folder, 'record.sqlite'));
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE call (id TEXT PRIMARY KEY, tool TEXT, caller TEXT, at INTEGER, asked TEXT, done INTEGER, answered TEXT);
    CREATE INDEX by_time ON call (at);
    CREATE INDEX by_caller ON call (caller, at);
    CREATE INDEX by_tool ON call (tool, at);
    CREATE TABLE chain (seq INTEGER PRIMARY KEY, mac TEXT);
  `);
  const opening = database.prepare('INSERT INTO call (id, tool, caller, at, asked) VALUES (?, ?, ?, ?, ?)');
  const closing = database.prepare('UPDATE call SET done = ?, answered = ? WHERE id = ?');
  const link = database.prepare('INSERT INTO chain (mac) VALUES (?)');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let mac = '';
  parentPort.on('message', (rows) => {
    begin.run();
    for (const row of JSON.parse(rows)) {
      if ('tool' in row) opening.run(row.id, row.tool, row.caller, row.at, row.asked);
      else closing.run(row.done, row.answered, row.id);
      mac = createHmac('sha256', 'a key of the bench').update(mac).update(JSON.stringify(row)).digest('base64');
      link.run(mac);
    }
    commit.run();
    parentPort.postMessage('durable');
  });
}
