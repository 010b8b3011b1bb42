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
});
