import { AppError } from '../../platform/index.js';
import { pause, whenThereIsRoom } from './when-there-is-room.js';

const tooMany = (seconds: number): AppError => new AppError('too_many_calls', { details: { seconds } });

describe('a job whose call is one too many', () => {
  it('waits as long as it is told, and tries again', async () => {
    const refusals = [tooMany(3), tooMany(600)];
    const rests: number[] = [];
    const call = async (): Promise<string> => {
      const refusal = refusals.shift();
      if (refusal) throw refusal;
      return 'done';
    };
    expect(await whenThereIsRoom(call, async (ms) => void rests.push(ms))).toBe('done');
    expect(rests).toEqual([3_000, 60_000]);
  });

  it('gives up after twenty attempts, and at once after any other error', async () => {
    let calls = 0;
    const failing = (error: AppError) => async (): Promise<never> => {
      calls += 1;
      throw error;
    };
    const noRest = async (): Promise<void> => undefined;
    await expect(whenThereIsRoom(failing(tooMany(1)), noRest)).rejects.toMatchObject({ code: 'too_many_calls' });
    expect(calls).toBe(20);
    await expect(whenThereIsRoom(failing(new AppError('upstream_lost')), noRest)).rejects.toThrow();
    expect(calls).toBe(21);
  });

  it('stops waiting when it is cancelled', async () => {
    const gone = new AbortController();
    const resting = pause(3_600_000, gone.signal);
    gone.abort();
    await expect(resting).rejects.toMatchObject({ code: 'call_cancelled' });
  });
});
