// The cheapest HTTP/1.1 client that can be: who offers ten times the load must not be the one that is overloaded.
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** The bytes of a POST, ready to be written. */
export function postBytes(url, path, headers, body) {
  const bytes = Buffer.from(JSON.stringify(body));
  const lines = Object.entries({
    host: new URL(url).host,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'content-length': bytes.length,
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), bytes]);
}

/** Keeps connections open and asks one thing at a time on each; opens another while all are busy, up to `most`. */
export class RawClient {
  #idle = [];
  #open = new Set();
  #address;
  #most;
  #patienceMs;

  constructor(url, { most, patienceMs }) {
    const { hostname, port } = new URL(url);
    this.#address = { host: hostname, port: Number(port), noDelay: true };
    this.#most = most;
    this.#patienceMs = patienceMs;
  }

  /**
   * @returns `{ status, text, retryAfter }`; a status of 0 when there was no answer, with the reason in `text`: `full` when all
   * connections are busy, so that nothing was sent
   */
  ask(bytes) {
    const line = this.#idle.pop() ?? (this.#open.size < this.#most ? this.#connect() : undefined);
    if (!line) return Promise.resolve({ status: 0, text: 'full' });
    return new Promise((done) => {
      line.done = done;
      line.timer = setTimeout(() => this.#drop(line, 'timeout'), this.#patienceMs);
      line.socket.write(bytes);
    });
  }

  close() {
    for (const { socket } of this.#open) socket.destroy();
  }

  #connect() {
    const line = { socket: connect(this.#address), chunks: [], done: undefined, timer: undefined };
    this.#open.add(line);
    line.socket.on('data', (chunk) => this.#take(line, chunk));
    line.socket.on('error', (error) => this.#drop(line, error.code ?? 'error'));
    line.socket.on('close', () => this.#drop(line, 'closed'));
    return line;
  }

  #take(line, chunk) {
    line.chunks.push(chunk);
    const answer = readAnswer(line.chunks.length === 1 ? chunk : Buffer.concat(line.chunks));
    if (!answer) return;
    line.chunks = [];
    const { done } = line;
    this.#settle(line);
    if (answer.closes) line.socket.destroy();
    else this.#idle.push(line);
    done?.(answer);
  }

  #drop(line, reason) {
    if (!this.#open.delete(line)) return;
    this.#idle = this.#idle.filter((each) => each !== line);
    line.socket.destroy();
    const { done } = line;
    this.#settle(line);
    done?.({ status: 0, text: reason });
  }

  #settle(line) {
    clearTimeout(line.timer);
    line.done = undefined;
  }
}

/** The whole answer, or undefined while some of it is missing. */
function readAnswer(bytes) {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const header = (name) => new RegExp(`\r\n${name}: *([^\r]*)`, 'i').exec(head)?.[1];
  const body = bytes.subarray(headEnd + HEAD_END.length);
  const length = header('content-length');
  if (length === undefined ? !body.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK) : body.length < Number(length))
    return undefined;
  return {
    status: Number(head.slice(9, 12)),
    text: body.toString('utf8'),
    retryAfter: header('retry-after'),
    closes: header('connection')?.toLowerCase() === 'close',
  };
}
