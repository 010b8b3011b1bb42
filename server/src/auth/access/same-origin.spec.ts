import type { IncomingMessage } from 'node:http';
import { isOwnPage } from './same-origin.js';

const PUBLIC_URL = 'https://gatehouse.example.org';

const request = (method: string, headers: Record<string, string>): IncomingMessage =>
  ({ method, headers: { host: 'gatehouse.example.org', ...headers }, socket: {} }) as unknown as IncomingMessage;

const accepted = (method: string, headers: Record<string, string>) => isOwnPage(request(method, headers), PUBLIC_URL);

describe('a request that may act with a cookie', () => {
  it.each([
    ['the console itself', { origin: PUBLIC_URL, 'sec-fetch-site': 'same-origin' }],
    ['the console in a browser without Sec-Fetch-Site', { origin: PUBLIC_URL }],
    ['a program, which sends neither', {}],
  ])('comes from %s', (_, headers) => {
    expect(accepted('POST', headers)).toBe(true);
  });

  it.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sibling subdomain', { origin: 'https://blog.example.org', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame of an old browser', { origin: 'null' }],
    ['another site in an old browser', { origin: 'https://evil.example' }],
    ['a page whose origin only starts like ours', { origin: 'https://gatehouse.example.org.evil.example' }],
    ['plain http', { origin: 'http://gatehouse.example.org' }],
    ['another port', { origin: 'https://gatehouse.example.org:8443' }],
    ['the address bar', { 'sec-fetch-site': 'none' }],
    ['a page that lies in one of the two headers', { origin: PUBLIC_URL, 'sec-fetch-site': 'cross-site' }],
  ])('does not come from %s', (_, headers) => {
    expect(accepted('POST', headers)).toBe(false);
  });

  it.each(['GET', 'HEAD', 'OPTIONS'])('may come from anywhere when it is a %s, which changes nothing', (method) => {
    expect(accepted(method, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).toBe(true);
  });

  it('is compared with the host it was sent to, where no public address is configured', () => {
    const own = request('POST', { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080' });
    expect(isOwnPage(own, undefined)).toBe(true);
    expect(isOwnPage(request('POST', { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:3000' }), undefined)).toBe(
      false,
    );
  });
});
