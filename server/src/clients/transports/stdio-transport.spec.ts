import { descendantsOf, waitFor } from '@gatehouse/testing';
import { InputNotRead, MessageTooLarge } from '../errors/upstream-failures.js';
import { LIMITS } from '../limits.js';
import { StdioTransport } from './stdio-transport.js';

describe('standard streams as a transport', () => {
  const started: StdioTransport[] = [];
  const run = async (script: string) => {
    const command = { file: '/bin/sh', args: ['-c', script] };
    const transport = new StdioTransport({
      command,
      cwd: process.cwd(),
      env: { PATH: process.env.PATH ?? '' },
      writeTimeoutMs: 100,
    });
    const messages: object[] = [];
    const errors: Error[] = [];
    let closed = 0;
    transport.onmessage = (message) => void messages.push(message);
    transport.onerror = (error) => void errors.push(error);
    transport.onclose = () => void (closed += 1);
    started.push(transport);
    await transport.start();
    return { transport, messages, errors, closed: () => closed };
  };
  const ping = { jsonrpc: '2.0', id: 1, method: 'ping' } as const;

  afterEach(async () => {
    await Promise.all(started.splice(0).map((each) => each.close()));
    expect(await descendantsOf(process.pid)).toEqual([]);
  });

  it('writes and reads one message a line', async () => {
    const { transport, messages } = await run('cat');
    await transport.send(ping);
    expect(await waitFor('the echo', () => messages[0])).toEqual(ping);
  });

  it('counts lines that are no messages, and goes on', async () => {
    const { transport, messages } = await run(
      `printf 'hello\\n[1]\\n{"a":1}\\n\\377\\376\\n{"jsonrpc":"2.0","id":7,"result":{}}\\n'; cat`,
    );
    await waitFor('the message', () => messages.length > 0);
    expect([messages, transport.noise]).toEqual([[{ jsonrpc: '2.0', id: 7, result: {} }], 4]);
  });

  it('gives up on a child that does not read', async () => {
    const { transport, closed } = await run('exec sleep 600');
    const large = { ...ping, params: { text: 'x'.repeat(1_000_000) } };
    await expect(transport.send(large)).rejects.toThrow(InputNotRead);
    await waitFor('the end of the child', () => closed() > 0);
  });

  it.each([
    ['first', (body: string) => `{"jsonrpc":"2.0","id":42,"result":"${body}"}`],
    ['last', (body: string) => `{"result":"${body}","jsonrpc":"2.0","id":42}`],
  ])('finds whose answer a line of more than 4 MiB was, with the id %s', async (_place, line) => {
    const [before = '', after = ''] = line('|').split('|');
    const { errors, messages } = await run(
      `printf '%s' '${before}'; head -c ${LIMITS.stdioLineBytes} /dev/zero | tr '\\0' x; printf '%s\\n' '${after}' '{"jsonrpc":"2.0","id":43,"result":{}}'; cat`,
    );
    await waitFor('the next message', () => messages.length > 0);
    expect(errors).toEqual([new MessageTooLarge(LIMITS.stdioLineBytes, 42)]);
    expect((errors[0] as MessageTooLarge).requestId).toBe(42);
  });

  it('closes once, after the last words, and tells how the child ended', async () => {
    const { transport, messages, closed } = await run(
      `echo '{"jsonrpc":"2.0","id":1,"result":{}}'; echo why >&2; exit 7`,
    );
    await waitFor('the end', () => closed() > 0);
    await transport.close();
    expect([messages.length, closed(), transport.ending?.message, transport.ending?.stderr]).toEqual([
      1,
      1,
      'exit code 7',
      'why\n',
    ]);
    await expect(transport.send(ping)).rejects.toThrow('exit code 7');
  });

  it('keeps no more than the end of what is said on standard error', async () => {
    const { transport, closed } = await run('head -c 1000000 /dev/zero | tr "\\0" e >&2; echo end >&2');
    await waitFor('the end', () => closed() > 0);
    expect(Buffer.byteLength(transport.stderrTail)).toBe(LIMITS.stderrBytes);
    expect(transport.stderrTail.endsWith('end\n')).toBe(true);
  });
});
