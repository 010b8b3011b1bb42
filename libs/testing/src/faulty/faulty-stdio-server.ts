import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { answerText, deepText, keyRichText, politeResult, textResult, type RpcRequest } from './protocol.ts';

/** The file that runs a misbehaving local command: `node <this>`. */
export const FAULTY_STDIO_SERVER_FILE = fileURLToPath(import.meta.url);

const MIB = 1024 * 1024;

const say = (line: string | Buffer): boolean => process.stdout.write(line);
const good = (id: RpcRequest['id'], text = 'fine'): string => `${answerText(id, textResult(text))}\n`;
const notification = (method: string, params: object): string =>
  `${JSON.stringify({ jsonrpc: '2.0', method, params })}\n`;

/** Everything a local command does wrong, by the name of the tool that does it. */
const STDIO_FAULTS: Record<string, (id: RpcRequest['id']) => void> = {
  'wrong-id': () => say(good(987_654)),
  'answers-twice': (id) => say(good(id, 'first') + good(id, 'second')),
  'answers-before-asked': (id) => say(good(Number(id) + 1, 'too early') + good(id)),
  silent: () => undefined,
  'hundred-mb-line': (id) => {
    say(answerText(id, textResult('')).slice(0, -10));
    for (let each = 0; each < 100; each += 1) say('x'.repeat(MIB));
    say(`"}]}}\n`);
  },
  'deep-line': (id) => say(`${deepText(id)}\n`),
  'key-rich-line': (id) => say(`${keyRichText(id)}\n`),
  'bracket-noise': (id) => say(`${'['.repeat(1_000)}\n${good(id)}`),
  'notification-flood': (id) => {
    for (let each = 0; each < 10_000; each += 1) {
      say(notification('notifications/progress', { progressToken: 'nobody', progress: each }));
      say(notification('notifications/tools/list_changed', {}));
    }
    say(good(id));
  },
  garbage: (id) => {
    say(Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
    say('\u001b[31mred\u001b[0m\r\n\r\n{"half":\n[]\nnull\n"text"\n{"jsonrpc":"2.0"}\n');
    say(good(id));
  },
  'half-an-answer-then-exit': (id) => void process.stdout.write(good(id).slice(0, 20), () => process.exit(7)),
};

function answer({ id, method, params }: RpcRequest): void {
  if (id === undefined) return;
  const name = params?.name ?? '';
  if (method === 'tools/call') {
    const fault = STDIO_FAULTS[name];
    if (fault) fault(id);
    else say(good(id));
    return;
  }
  const result = politeResult(method, 'legacy', Object.keys(STDIO_FAULTS));
  const error = { code: -32601, message: 'Method not found' };
  say(`${result ? answerText(id, result) : JSON.stringify({ jsonrpc: '2.0', id, error })}\n`);
}

if (process.argv[1] === FAULTY_STDIO_SERVER_FILE) {
  createInterface({ input: process.stdin })
    .on('line', (line) => answer(JSON.parse(line) as RpcRequest))
    .on('close', () => process.exit(0));
}
