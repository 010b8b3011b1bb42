import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { FakeMcpOptions, FakeMcpState } from './options.ts';
import { createFakeServer } from './server.ts';

/** Serves this process's standard input and output. */
export function serveStandardStreams(options: FakeMcpOptions, state: FakeMcpState): void {
  state.crash = () => process.exit(1);
  if (options.fault === 'dies-at-once') {
    process.stderr.write('fatal: no licence found\n');
    process.exit(3);
  }
  if (options.fault === 'never-answers') return void process.stdin.resume().on('end', () => process.exit(0));
  const plain = new StdioServerTransport();
  const transport = options.fault === 'wrong-id' ? underWrongId(plain) : plain;
  if (options.era !== 'legacy') {
    serveStdio(({ era }) => createFakeServer(options, state, {}, era), {
      transport,
      legacy: options.era === 'modern' ? 'reject' : 'serve',
    });
    return;
  }
  const server = createFakeServer(options, state);
  void server.connect(options.fault === 'dies-on-probe' ? dyingOnProbe(transport) : transport);
}

/** Gives every answer to a tool call an id that nobody asked with. */
export function underWrongId<T extends Transport>(transport: T): T {
  const send = transport.send.bind(transport);
  transport.send = (message, sendOptions) =>
    send('result' in message && 'content' in message.result ? { ...message, id: 987654 } : message, sendOptions);
  return transport;
}

function dyingOnProbe<T extends Transport>(transport: T): T {
  const start = transport.start.bind(transport);
  transport.start = async () => {
    const receive = transport.onmessage;
    transport.onmessage = (message: JSONRPCMessage, extra) => {
      if ('method' in message && message.method === 'server/discover') process.exit(1);
      receive?.(message, extra);
    };
    await start();
  };
  return transport;
}
