import { ApiError } from '@gatehouse/api-client';
import { Deed } from './deed';

describe('Deed', () => {
  it('keeps the refusal, and forgets it at the next try', async () => {
    const deed = new Deed();
    const refusal = new ApiError({ code: 'conflict', message: '' }, 409);
    expect(await deed.run(() => Promise.reject(refusal))).toBe(false);
    expect(deed.error()).toBe(refusal);
    expect(await deed.run(() => Promise.resolve())).toBe(true);
    expect(deed.error()).toBeUndefined();
  });

  it('does nothing twice at once', async () => {
    const deed = new Deed();
    let done = 0;
    let finish: () => void = () => undefined;
    const first = deed.run(() => new Promise<void>((resolve) => (finish = resolve)).then(() => done++));
    expect(await deed.run(() => Promise.resolve(done++))).toBe(false);
    finish();
    await first;
    expect(done).toBe(1);
  });

  it('does not swallow a mistake of ours', async () => {
    await expect(new Deed().run(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
  });
});
