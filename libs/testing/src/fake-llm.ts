import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** A tool call that the scripted model makes. */
export interface ScriptedToolCall {
  name: string;
  arguments: Record<string, unknown>;
}

/** What the scripted model does in one request. */
export interface ScriptedTurn {
  /** Words of the answer; each is one piece of the stream. */
  words?: string[];
  toolCalls?: ScriptedToolCall[];
  /** Instead of an answer: a status such as 429 or 500, or a stream that ends in the middle. */
  fault?: 429 | 500 | 'half-stream';
  /** Pause before each word, ms. */
  pauseMs?: number;
}

/** Applies when the last user message contains `when`; its turns follow each other as tool results come back. */
export interface LlmScript {
  when: string;
  turns: ScriptedTurn[];
}

export interface LlmMessage {
  role: string;
  content: unknown;
  tool_call_id?: string;
}

/** The body of a recorded request, as far as tests look at it. */
export interface LlmRequest {
  model: string;
  messages: LlmMessage[];
  stream?: boolean;
  tools?: { type: string; function: { name: string; description?: string; parameters?: unknown } }[];
}

export interface RunningFakeLlm {
  /** Base URL for an OpenAI-compatible provider, e.g. `http://127.0.0.1:41234/v1`. */
  baseUrl: string;
  requests: LlmRequest[];
  /** The `Authorization` header of each request. */
  authorizations: (string | undefined)[];
  close(): Promise<void>;
}

/** The file that runs the fake as a process: `node <this> --script turns.json`. */
export const FAKE_LLM_FILE = fileURLToPath(import.meta.url);

export const FAKE_LLM_MODEL = 'fake-model';

/** Said when no script applies. */
const FALLBACK: ScriptedTurn = { words: ['I ', 'have ', 'no ', 'script ', 'for ', 'that.'] };

/** Starts a scripted, OpenAI-compatible chat-completions endpoint on loopback. */
export async function startFakeLlm(scripts: readonly LlmScript[] = [], port = 0): Promise<RunningFakeLlm> {
  const requests: LlmRequest[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = createServer((request, response) => void serve(request, response));
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET' && request.url === '/v1/models')
      return sendJson(response, 200, { object: 'list', data: [MODEL] });
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return sendJson(response, 404, failure('not found'));
    const body = (await readJson(request)) as LlmRequest;
    requests.push(body);
    authorizations.push(request.headers.authorization);
    await answer(body, chooseTurn(scripts, body.messages), response);
  };
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake has no port.');
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { baseUrl: `http://127.0.0.1:${address.port}/v1`, requests, authorizations, close };
}

const MODEL = { id: FAKE_LLM_MODEL, object: 'model', owned_by: 'fake' };

/** The turn is counted by the assistant's messages since the last user message: the model has no other memory. */
function chooseTurn(scripts: readonly LlmScript[], messages: readonly LlmMessage[]): ScriptedTurn {
  const asked = messages.findLastIndex((message) => message.role === 'user');
  const question = textOf(messages[asked]?.content);
  const turn = messages.slice(asked + 1).filter((message) => message.role === 'assistant').length;
  const script = scripts.find((each) => question.includes(each.when));
  return script?.turns[Math.min(turn, script.turns.length - 1)] ?? FALLBACK;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (typeof part === 'object' && part !== null && 'text' in part ? String(part.text) : ''))
    .join('');
}

async function answer(request: LlmRequest, turn: ScriptedTurn, response: ServerResponse): Promise<void> {
  if (turn.fault === 429) response.setHeader('retry-after', '1');
  if (typeof turn.fault === 'number') return sendJson(response, turn.fault, failure(`scripted ${turn.fault}`));
  if (request.stream) return streamTurn(turn, response);
  if (turn.pauseMs) await delay(turn.pauseMs);
  const toolCalls = turn.toolCalls?.map(asToolCall);
  const message = {
    role: 'assistant',
    content: turn.words?.join('') ?? null,
    ...(toolCalls && { tool_calls: toolCalls }),
  };
  sendJson(response, 200, {
    ...envelope('chat.completion'),
    choices: [{ index: 0, message, finish_reason: finishReason(turn) }],
    usage: USAGE,
  });
}

async function streamTurn(turn: ScriptedTurn, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  const frame = envelope('chat.completion.chunk');
  const send = (delta: object, finish: string | null = null): void =>
    void response.write(
      `data: ${JSON.stringify({ ...frame, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`,
    );
  send({ role: 'assistant', content: '' });
  const words = turn.words ?? [];
  for (const [index, word] of words.entries()) {
    if (turn.pauseMs) await delay(turn.pauseMs);
    if (response.destroyed) return;
    if (turn.fault === 'half-stream' && index >= words.length / 2) return breakOff(response);
    send({ content: word });
  }
  for (const [index, call] of (turn.toolCalls ?? []).entries()) send({ tool_calls: [{ index, ...asToolCall(call) }] });
  send({}, finishReason(turn));
  response.write(`data: ${JSON.stringify({ ...frame, choices: [], usage: USAGE })}\n\n`);
  response.end('data: [DONE]\n\n');
}

/** Cuts the connection, after what was written has left. */
function breakOff(response: ServerResponse): void {
  response.write(': the end\n\n', () => response.destroy());
}

const USAGE = { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 };

const envelope = (object: string) => ({
  id: `chatcmpl-${randomUUID()}`,
  object,
  created: 1_700_000_000,
  model: FAKE_LLM_MODEL,
});

const finishReason = (turn: ScriptedTurn): string => (turn.toolCalls?.length ? 'tool_calls' : 'stop');

const asToolCall = (call: ScriptedToolCall) => ({
  id: `call_${randomUUID().slice(0, 8)}`,
  type: 'function',
  function: { name: call.name, arguments: JSON.stringify(call.arguments) },
});

const failure = (message: string) => ({ error: { message, type: 'scripted', code: null } });

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
}

/** `--port N --script file.json` (an array of scripts); prints one line with the base URL. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string' }, script: { type: 'string' } } });
  const scripts = values.script ? (JSON.parse(await readFile(values.script, 'utf8')) as LlmScript[]) : [];
  const fake = await startFakeLlm(scripts, Number(values.port ?? 0));
  process.stdout.write(`${JSON.stringify({ url: fake.baseUrl })}\n`);
}

if (process.argv[1] === FAKE_LLM_FILE) await main();
