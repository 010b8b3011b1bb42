import type { IncomingMessage } from 'node:http';
import { callerAddress } from './caller-address.js';

const request = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as never;

describe('where a request comes from', () => {
  it.each([
    ['the peer, when no proxy is trusted', [], '203.0.113.7', '10.1.1.1', '203.0.113.7'],
    ['the peer, when it is no trusted proxy', ['10.0.0.0/8'], '203.0.113.7', '10.1.1.1', '203.0.113.7'],
    ['whom a trusted proxy names', ['10.0.0.0/8'], '10.0.0.2', '198.51.100.9', '198.51.100.9'],
    ['the last that is not trusted', ['10.0.0.0/8'], '10.0.0.2', '192.168.0.1, 198.51.100.9, 10.0.0.3', '198.51.100.9'],
    ['the proxy itself, when it names nobody', ['10.0.0.0/8'], '10.0.0.2', undefined, '10.0.0.2'],
  ])('is %s', (_what, trusted, peer, forwarded, address) => {
    expect(callerAddress(request(peer, forwarded), trusted)).toBe(address);
  });
});
