import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/client';
import type { LogMessage } from '../dialogue.js';
import type { Partner } from './attribution.js';
import { ObservedTransport } from './observed-transport.js';

/** One pipe to a service that says whatever a test lets it say. */
class Pipe implements Transport {
  onmessage?: Transport['onmessage'];
  readonly sent: JSONRPCMessage[] = [];
  start = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();

  send(message: JSONRPCMessage): Promise<void> {
    this.sent.push(message);
    return Promise.resolve();
  }

  says(method: string, params: Record<string, unknown>, id?: number): void {
    this.onmessage?.({ jsonrpc: '2.0', method, params, ...(id !== undefined && { id }) });
  }
}

class Somebody implements Partner {
  readonly counterpart = {};
  readonly asked: unknown[] = [];
  readonly heard: LogMessage[] = [];

  answer(question: { params: unknown }): Promise<{ roots: never[] }> {
    this.asked.push(question.params);
    return Promise.resolve({ roots: [] });
  }

  hear(message: LogMessage): void {
    this.heard.push(message);
  }
}

const about = (taskId: string) => ({ _meta: { 'io.modelcontextprotocol/related-task': { taskId } } });

describe('what a service says of a task, on a pipe that others use too', () => {
  let pipe: Pipe;
  let transport: ObservedTransport;
  const open = (id: number, partner: Partner) => {
    const exchange = { partner, onLost: () => undefined };
    void transport.ask({ jsonrpc: '2.0', id, method: 'tools/call' }, exchange);
    return exchange;
  };

  beforeEach(async () => {
    pipe = new Pipe();
    transport = new ObservedTransport(pipe);
    transport.era = () => 'legacy';
    await transport.start();
  });

  it('is for whoever waits for the task, and nobody’s once it is over, also when another call is open', () => {
    const [ada, bob] = [new Somebody(), new Somebody()];
    const stop = transport.followTask('t', { partner: ada, onLost: () => undefined });
    open(1, bob);
    pipe.says('roots/list', about('t'), 1);
    pipe.says('notifications/message', { level: 'info', data: 'x', ...about('t') });
    stop();
    pipe.says('roots/list', about('t'), 2);
    pipe.says('notifications/message', { level: 'info', data: 'x', ...about('t') });
    expect([ada.asked.length, ada.heard.length, bob.asked, bob.heard]).toEqual([1, 1, [], []]);
    expect(transport.unattributed).toBe(2);
  });

  it('is nobody’s when it does not name the task and another call is open', () => {
    const [ada, bob] = [new Somebody(), new Somebody()];
    const release = transport.occupy({ partner: ada, onLost: () => undefined });
    open(1, bob);
    pipe.says('roots/list', {}, 1);
    release(false);
    pipe.says('roots/list', {}, 2);
    expect([ada.asked, bob.asked, transport.isClean]).toEqual([[], [], false]);
  });

  it('answers each question once, even when ids are used twice, and not when it was given up', async () => {
    const ada = new Somebody();
    open(1, ada);
    pipe.says('roots/list', {}, 7);
    pipe.says('roots/list', {}, 7);
    pipe.says('roots/list', {}, 8);
    pipe.says('notifications/cancelled', { requestId: 8 });
    await new Promise((resolve) => setImmediate(resolve));
    const answers = pipe.sent
      .slice(1)
      .map((message) => ('error' in message ? message.error.code : Object.keys(message)));
    expect(answers).toEqual([-32600, ['jsonrpc', 'id', 'result']]);
  });
});
