import type { IncomingMessage } from 'node:http';
import { AppError } from '../../platform/index.js';
import { bearerOf } from './bearer.js';
import { carriedBy } from './carried.js';

const request = (url: string, headers: [string, string][]): IncomingMessage =>
  ({
    url,
    rawHeaders: headers.flat(),
    headers: Object.fromEntries(headers.toReversed().map(([name, value]) => [name.toLowerCase(), value])),
    socket: {},
  }) as unknown as IncomingMessage;

const refusal = (url: string, headers: [string, string][]): string => {
  try {
    carriedBy(request(url, headers), undefined);
    return 'accepted';
  } catch (error) {
    return (error as AppError).code;
  }
};

describe('the credentials of a request', () => {
  it('are taken from Authorization, Cookie and Origin', () => {
    const carried = carriedBy(
      request('/api/x', [
        ['Authorization', 'Bearer a'],
        ['Cookie', 'b=c'],
        ['Origin', 'https://app.example'],
      ]),
      undefined,
    );
    expect(carried).toEqual({ authorization: 'Bearer a', cookie: 'b=c', origin: 'https://app.example' });
  });

  it('are refused when Authorization comes twice, whatever its case', () => {
    const twice: [string, string][] = [
      ['Authorization', 'Bearer a'],
      ['authorization', 'Bearer b'],
    ];
    expect(refusal('/api/x', twice)).toBe('credential_ambiguous');
  });

  it.each(['?access_token=x', '?a=1&API_KEY=x', '?token=x', '?q=ghk_abc', '?session=ghe_abc', '?x=gha_abc'])(
    'are refused in the address: %s',
    (query) => {
      expect(refusal(`/api/x${query}`, [])).toBe('credential_ambiguous');
    },
  );

  it('leave ordinary queries alone', () => {
    expect(refusal('/api/x?q=token&limit=5&cursor=abc', [])).toBe('accepted');
  });

  it('know our own origin where a browser says "same-origin" and sends no Origin', () => {
    const own = request('/api/x', [
      ['Host', '127.0.0.1:8080'],
      ['Sec-Fetch-Site', 'same-origin'],
    ]);
    expect(carriedBy(own, undefined).origin).toBe('http://127.0.0.1:8080');
  });
});

describe('a bearer token', () => {
  it.each([
    'Basic ghk_abc',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer  a',
    'Token a',
    'a',
    '',
    `Bearer ${'a'.repeat(300)}`,
  ])('is not %j', (header) => {
    expect(bearerOf(header)).toBeUndefined();
  });

  it('is what follows the scheme, whose case does not matter (RFC 9110 §11.1)', () => {
    expect(bearerOf('bearer ghk_a-b_C')).toBe('ghk_a-b_C');
  });
});
