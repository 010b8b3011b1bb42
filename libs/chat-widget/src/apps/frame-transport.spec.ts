import { jest } from '@jest/globals';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { FrameTransport } from './frame-transport.js';

const ORIGIN = 'https://apps.example';
const PING = { jsonrpc: '2.0', id: 1, method: 'ping' } as const;

describe('messages of an app', () => {
  const frame = document.body.appendChild(document.createElement('iframe')).contentWindow!;
  const other = document.body.appendChild(document.createElement('iframe')).contentWindow!;
  let transport: FrameTransport;
  let heard: JSONRPCMessage[];

  const arrives = (data: unknown, source: Window = frame, origin = ORIGIN): void => {
    window.dispatchEvent(new MessageEvent('message', { data, source, origin }));
  };

  beforeEach(async () => {
    heard = [];
    transport = new FrameTransport(frame, ORIGIN);
    transport.onmessage = (message) => heard.push(message);
    await transport.start();
  });
  afterEach(() => transport.close());

  it('are heard from its frame and its origin, and from nobody else', () => {
    arrives(PING, other);
    arrives(PING, frame, 'https://evil.example');
    arrives(PING, frame, 'null');
    expect(heard).toEqual([]);
    arrives(PING);
    expect(heard).toEqual([PING]);
  });

  it.each([null, undefined, 'ping', 7, {}, { jsonrpc: '1.0', method: 'ping' }, []])(
    'are passed over when %j',
    (data) => {
      arrives(data);
      expect(heard).toEqual([]);
    },
  );

  it('go to its origin, whatever the frame has become', async () => {
    const post = jest.spyOn(frame, 'postMessage').mockImplementation(() => undefined);
    await transport.send(PING);
    expect(post.mock.calls).toEqual([[PING, ORIGIN]]);
  });

  it('are not heard any more once it is closed', async () => {
    await transport.close();
    arrives(PING);
    expect(heard).toEqual([]);
  });
});
