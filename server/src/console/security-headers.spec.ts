import { dataHeaders, securityHeaders } from './security-headers.js';

describe('security headers', () => {
  it('of an answer that is never a page keep a browser from making one of it', () => {
    expect(Object.fromEntries(dataHeaders(true))).toEqual({
      'Content-Security-Policy': "default-src 'none';frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  it('of pages say what a document may do, too', () => {
    expect([...securityHeaders(false).keys()]).toEqual(
      expect.arrayContaining(['X-Frame-Options', 'Cross-Origin-Opener-Policy', ...dataHeaders(false).keys()]),
    );
  });
});
