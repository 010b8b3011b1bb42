import { ApiError } from '@gatehouse/api-client';
import { Remote } from './remote';

const refusal = (code: 'internal' | 'permission_missing') => new ApiError({ code, message: code }, 500);

describe('Remote', () => {
  it('is loading until the first value, then ready', async () => {
    const remote = new Remote<number>();
    expect(remote.state()).toBe('loading');
    await remote.load(() => Promise.resolve(1));
    expect([remote.state(), remote.value(), remote.busy()]).toEqual(['ready', 1, false]);
  });

  it('tells a failure from a missing permission', async () => {
    const remote = new Remote<number>();
    await remote.load(() => Promise.reject(refusal('internal')));
    expect(remote.state()).toBe('failed');
    await remote.load(() => Promise.reject(refusal('permission_missing')));
    expect(remote.state()).toBe('forbidden');
  });

  it('keeps the old value when a later reading fails, and says so', async () => {
    const remote = new Remote<number>();
    await remote.load(() => Promise.resolve(1));
    await remote.load(() => Promise.reject(refusal('internal')));
    expect([remote.state(), remote.value(), remote.error()?.code]).toEqual(['ready', 1, 'internal']);
  });

  it('lets the newest reading win and aborts the older one', async () => {
    const remote = new Remote<string>();
    let answerOld: (value: string) => void = () => undefined;
    let oldSignal: AbortSignal | undefined;
    const old = remote.load((signal) => {
      oldSignal = signal;
      return new Promise((resolve) => (answerOld = resolve));
    });
    await remote.load(() => Promise.resolve('new'));
    answerOld('old');
    await old;
    expect([remote.value(), oldSignal?.aborted]).toEqual(['new', true]);
  });

  it('does not swallow a mistake of ours', async () => {
    await expect(new Remote().load(() => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
  });

  it('reads the same again', async () => {
    const remote = new Remote<number>();
    let reads = 0;
    await remote.load(() => Promise.resolve(++reads));
    await remote.reload();
    expect(remote.value()).toBe(2);
  });
});
