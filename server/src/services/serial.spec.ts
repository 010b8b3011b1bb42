import { Serial } from './serial.js';

describe('Serial', () => {
  it('lets the later reader finish later, however long the earlier one takes', async () => {
    const serial = new Serial();
    const done: string[] = [];
    let release = (): void => undefined;
    const slow = serial.run(() =>
      new Promise<void>((resolve) => (release = resolve)).then(() => void done.push('slow')),
    );
    const quick = serial.run(() => Promise.resolve(void done.push('quick')));
    await Promise.resolve();
    release();
    await Promise.all([slow, quick]);
    expect(done).toEqual(['slow', 'quick']);
  });

  it('goes on after a failure, and tells only who asked', async () => {
    const serial = new Serial();
    const failing = serial.run(() => Promise.reject(new Error('no')));
    const next = serial.run(() => Promise.resolve('yes'));
    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('yes');
  });
});
