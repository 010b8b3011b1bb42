// A client of HTTP with server-sent events, the transport of 2024-11-05, for peers that offer no other.
import { Pool } from 'undici';
import { HELLO, HELLO_OVER } from './product.mjs';

/**
 * @param patienceMs how long an answer may take
 * @returns who sends a request and gives the text of its answer; its id must be a number that no other one has
 */
export async function openEvents(origin, patienceMs) {
  const pool = new Pool(origin, { connections: 256, bodyTimeout: 0 });
  const waiting = new Map();
  const { body } = await pool.request({ path: '/mcp', method: 'GET', headers: { accept: 'text/event-stream' } });
  const address = new Promise((known) => void read(body, { endpoint: known, message: take }));

  function take(text) {
    const { id } = JSON.parse(text);
    waiting.get(id)?.(text);
    waiting.delete(id);
  }
  const post = async (message) => {
    const headers = { 'content-type': 'application/json' };
    const { pathname, search } = new URL(await address, origin);
    const sent = await pool.request({
      path: pathname + search,
      method: 'POST',
      headers,
      body: JSON.stringify(message),
    });
    const text = await sent.body.text();
    if (sent.statusCode >= 300) throw new Error(`${sent.statusCode} ${text}`);
  };
  const send = async (message) => {
    const answered = new Promise((done) => waiting.set(message.id, done));
    await post(message);
    return within(answered, patienceMs);
  };
  await send(HELLO);
  await post(HELLO_OVER);
  return send;
}

async function read(body, on) {
  let rest = '';
  try {
    for await (const chunk of body.setEncoding('utf8')) {
      const events = (rest + chunk).split(/\r?\n\r?\n/);
      rest = events.pop();
      for (const event of events) {
        const field = (name) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(event)?.[1];
        on[field('event') ?? 'message']?.(field('data'));
      }
    }
  } catch {
    // Whoever still waits is told when its time is over.
  }
}

function within(promise, patienceMs) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${patienceMs} ms`)), patienceMs);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
