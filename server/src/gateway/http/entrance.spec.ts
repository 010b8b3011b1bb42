import { objectionTo } from './entrance.js';

const loopback = { publicUrl: undefined, host: '127.0.0.1' };
const open = { publicUrl: undefined, host: '0.0.0.0' };
const named = { publicUrl: 'https://tools.example.com', host: '0.0.0.0' };
const status = (address: typeof named | typeof open, headers: Record<string, string>) =>
  objectionTo({ headers }, address)?.status;

describe('who may come in', () => {
  it.each([
    ['a program', loopback, { host: '127.0.0.1:8080' }],
    ['a program by another name of loopback', loopback, { host: 'localhost:8080' }],
    ['a page of our own', loopback, { host: 'localhost:8080', origin: 'http://localhost:8080' }],
    ['a program that knows our address', open, { host: '192.168.1.5:8080' }],
    ['a program, behind a proxy', named, { host: 'tools.example.com' }],
    ['a page of our own, behind a proxy', named, { host: '127.0.0.1:8080', origin: 'https://tools.example.com' }],
  ])('lets in %s', (_, address, headers) => expect(status(address as typeof named, headers)).toBeUndefined());

  it.each([
    ['a name that was rebound to loopback', 421, loopback, { host: 'evil.example:8080' }],
    ['a name that was rebound to an open address', 421, open, { host: 'evil.example:8080' }],
    ['another name than the public one', 421, named, { host: 'evil.example' }],
    ['a request without a host', 421, loopback, {}],
    ['a page of another site', 403, loopback, { host: 'localhost:8080', origin: 'https://evil.example' }],
    ['a page of another port', 403, loopback, { host: 'localhost:8080', origin: 'http://localhost:9090' }],
    ['a page without an origin', 403, loopback, { host: 'localhost:8080', origin: 'null' }],
  ])('keeps out %s', (_, expected, address, headers) => {
    expect(status(address as typeof named, headers as Record<string, string>)).toBe(expected);
  });
});
