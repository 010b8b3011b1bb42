import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import { waitFor } from '@gatehouse/testing';
import { WebSocketServer } from 'ws';
import { AddressPolicy, Egress } from '../../platform/index.js';
import { WebSocketTransport } from './websocket-transport.js';

const answer = (id: number, meta: string): string => `{"jsonrpc":"2.0","id":${id},"result":{"_meta":${meta}}}`;

describe('frames of a service', () => {
  it.each([
    ['too deep', '['.repeat(129) + ']'.repeat(129)],
    ['too rich in keys', `{${'"a":1,'.repeat(100_000)}"b":1}`],
  ])(
    'are not parsed when they are %s; the request that they answer is named, and the next frame is read',
    async (_, odd) => {
      const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
      server.on('connection', (socket) => {
        socket.once('message', () => {
          socket.send(answer(7, odd));
          socket.send(answer(8, '{}'));
        });
      });
      await once(server, 'listening');
      const egress = new Egress(new AddressPolicy(['loopback']));
      const url = new URL(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const transport = new WebSocketTransport(url, {}, egress);
      const heard: JSONRPCMessage[] = [];
      const errors: Error[] = [];
      transport.onmessage = (message) => heard.push(message);
      transport.onerror = (error) => errors.push(error);
      await transport.start();
      await transport.send({ jsonrpc: '2.0', id: 7, method: 'ping' });
      await waitFor('the second frame', () => heard.length > 0);
      expect(heard).toEqual([expect.objectContaining({ id: 8 })]);
      expect(errors).toEqual([expect.objectContaining({ name: 'MessageTooComplex', requestId: 7 })]);
      await transport.close();
      await egress.onApplicationShutdown();
      server.close();
    },
  );
});
