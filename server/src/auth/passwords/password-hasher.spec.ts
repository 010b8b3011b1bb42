import { availableParallelism } from 'node:os';
import { PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  const hasher = new PasswordHasher();

  it('hashes with argon2id, 46 MiB, one pass, one lane', async () => {
    expect(await hasher.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=47104,t=1,p=1\$/);
  });

  it('knows the right password from a wrong one', async () => {
    const stored = await hasher.hash('correct horse');
    expect(await hasher.verify(stored, 'correct horse')).toBe(true);
    expect(await hasher.verify(stored, 'Correct horse')).toBe(false);
  });

  it.each([null, undefined])(
    'lets nobody in without a stored hash (%s), not even with the decoy itself',
    async (stored) => {
      expect(await hasher.verify(stored, 'nobody has this password')).toBe(false);
    },
  );

  it('refuses when the queue is full, and works again afterwards', async () => {
    const room = Math.max(1, availableParallelism() - 1) + 20;
    const busy = new PasswordHasher();
    await busy.hash('warm up');
    const results = await Promise.allSettled(Array.from({ length: room + 5 }, () => busy.hash('x')));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(Array(5).fill('rate_limited'));
    expect(await busy.verify(await busy.hash('x'), 'x')).toBe(true);
  });
});
