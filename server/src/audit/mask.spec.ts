import { mask } from './mask.js';

describe('mask', () => {
  it.each(['password', 'apiKey', 'api_key', 'Authorization', 'access_token', 'clientSecret', 'cookie', 'credentials'])(
    'hides the value of %s at any depth',
    (name) => {
      expect(JSON.stringify(mask({ a: [{ [name]: 'hush-hush' }] }))).not.toContain('hush');
    },
  );

  it('keeps everything else as it is', () => {
    const value = { city: 'Bern', tokens: 3, list: [1, null, true, 'x'], nested: { author: 'Li' } };
    expect(mask(value)).toEqual({ ...value, tokens: 3 });
  });

  it('survives a value nested ten thousand deep', () => {
    let value: unknown = 'end';
    for (let depth = 0; depth < 10_000; depth += 1) value = { value };
    expect(JSON.stringify(mask(value))).toContain('…');
  });
});
