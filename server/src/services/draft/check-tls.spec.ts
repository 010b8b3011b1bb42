import { aCertificate, anAuthority, type Pem } from '../../../spec/certificates.js';
import type { ServiceContent } from '../definition.js';
import { expiryOf, tlsProblems } from './check-tls.js';

const NOW = new Date();

describe('certificates in the settings of a service', () => {
  let ca: Pem;
  let ours: Pem;

  beforeAll(async () => {
    ca = await anAuthority('ours');
    ours = await aCertificate(ca);
  });

  const problems = (tls: object | undefined, key?: string, url = 'https://wiki.example/mcp', now = NOW): string[] => {
    const credentials = key === undefined ? [] : [{ target: 'tls', name: 'key', value: key }];
    const content = { url, config: { connect: 'on-demand', ...(tls && { tls }) }, credentials };
    return tlsProblems(content as unknown as ServiceContent, now).map(({ path, message }) => `${path} ${message}`);
  };

  it('may be an authority, a bundle of them, and a certificate with its key', () => {
    expect(problems(undefined)).toEqual([]);
    expect(problems({ ca: ca.cert })).toEqual([]);
    expect(problems({ ca: `${ca.cert}\n${ours.cert}`, cert: ours.cert }, ours.key, 'wss://wiki.example/')).toEqual([]);
  });

  it('say what is wrong with them', () => {
    expect(problems({ ca: 'nonsense' })).toEqual(['config.tls.ca is no certificate in PEM']);
    const broken = ca.cert.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    expect(problems({ ca: broken })).toEqual(['config.tls.ca is no certificate in PEM']);
    expect(problems({ cert: ours.cert })).toEqual(['config.tls.key is needed for the certificate']);
    expect(problems(undefined, ours.key)).toEqual(['config.tls.key needs its certificate']);
    expect(problems({ cert: ours.cert }, 'nonsense')).toEqual(['config.tls.key is no private key in PEM']);
    expect(problems({ cert: ours.cert }, ca.key)).toEqual(['config.tls.key does not belong to the certificate']);
    expect(problems({ cert: ours.cert }, '-----BEGIN ENCRYPTED PRIVATE KEY-----')).toEqual([
      'config.tls.key must be stored without a passphrase',
    ]);
    expect(problems({ ca: ca.cert }, undefined, 'http://wiki.example/')).toEqual([
      'config.tls needs an https or wss address',
    ]);
  });

  it('are refused once they have ended, and show when that is', () => {
    const late = new Date(NOW.getTime() + 3 * 365 * 86_400_000);
    expect(problems({ ca: ca.cert }, undefined, 'https://wiki.example/', late)).toEqual([
      expect.stringMatching(/^config\.tls\.ca ended on \d{4}-\d\d-\d\d$/),
    ]);
    expect(expiryOf({ ca: ca.cert, cert: ours.cert })).toEqual({
      ca: expect.stringMatching(/Z$/),
      cert: expect.stringMatching(/Z$/),
    });
  });
});
