import { Scrubber } from './scrubber.js';

describe('Scrubber', () => {
  it('removes a secret wherever it stands in a text', () => {
    const scrubber = new Scrubber();
    scrubber.learn('s3cr3t-value');
    expect(scrubber.clean('before s3cr3t-value, after s3cr3t-value')).toBe('before ••••, after ••••');
  });

  it('finds a secret whose characters JSON escapes', () => {
    const scrubber = new Scrubber();
    scrubber.learn('with"quote\\and');
    expect(scrubber.clean(JSON.stringify({ a: 'with"quote\\and' }))).toBe('{"a":"••••"}');
  });

  it('takes the longer of two secrets that begin alike', () => {
    const scrubber = new Scrubber();
    scrubber.learn('password');
    scrubber.learn('password-long');
    expect(scrubber.clean('password-long')).toBe('••••');
  });

  it('leaves short values alone, because masking them would shred ordinary text', () => {
    const scrubber = new Scrubber();
    scrubber.learn('a');
    expect(scrubber.clean('banana')).toBe('banana');
  });

  it.each([
    ['an address', encodeURIComponent('p@ss word/1+1')],
    ['base64', Buffer.from('p@ss word/1+1').toString('base64')],
    ['base64url', Buffer.from('p@ss word/1+1').toString('base64url')],
  ])('finds a secret in %s', (_, spelling) => {
    const scrubber = new Scrubber();
    scrubber.learn('p@ss word/1+1');
    expect(scrubber.clean(`value=${spelling}`)).not.toContain(spelling.replace(/=+$/, ''));
  });

  it('knows keys and tokens of our own by their shape', () => {
    const key = `ghk_${'Ab3_-'.repeat(8)}xyz`;
    expect(new Scrubber().clean(`Authorization: Bearer ${key}.`)).toBe('Authorization: Bearer ••••.');
  });
});
