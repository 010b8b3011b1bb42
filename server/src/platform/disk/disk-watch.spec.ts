import { tmpdir } from 'node:os';
import { Logger } from '@nestjs/common';
import { jest } from '@jest/globals';
import { Metrics } from '../telemetry/metrics.js';
import { readRoom, roomOf, type DiskRoom } from './disk-room.js';
import { DiskWatch } from './disk-watch.js';

Logger.overrideLogger(false);

describe('a look at the disk', () => {
  let metrics: Metrics;
  let watch: DiskWatch;
  let read: () => Promise<DiskRoom>;
  let said: string[];

  beforeEach(() => {
    said = [];
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((what: { msg: string }) => void said.push(what.msg));
    metrics = new Metrics();
    watch = new DiskWatch(() => read(), metrics);
  });

  afterEach(() => {
    watch.onModuleDestroy();
    jest.restoreAllMocks();
  });

  const look = (freeBytes: number, totalBytes = 1_000): Promise<void> => {
    read = () => Promise.resolve({ freeBytes, totalBytes });
    return watch.look();
  };

  it('knows nothing before it was looked', () => {
    expect([watch.reserve, watch.room]).toEqual(['enough', undefined]);
  });

  it('says once that the disk is nearly full, and once that it is not any more', async () => {
    for (const free of [50, 49, 48, 60, 49, 70, 69]) await look(free);
    expect(said).toEqual([
      expect.stringMatching(/nearly full: 4\.9 % are free/),
      expect.stringMatching(/room again .*: 7\.0 % are free/),
    ]);
    expect([watch.reserve, watch.room]).toEqual(['enough', { freeBytes: 69, totalBytes: 1_000 }]);
  });

  it('is measured', async () => {
    await look(40);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^gatehouse_disk_free_ratio 0.04$/m);
    expect(text).toMatch(/^gatehouse_disk_low 1$/m);
  });

  it('goes on with what it knew where it cannot look, and says so once', async () => {
    await look(10);
    read = () => Promise.reject(new Error('stale file handle'));
    for (let each = 0; each < 3; each += 1) await watch.look();
    expect([watch.reserve, said[1], said.length]).toEqual(['low', 'How full the disk is cannot be seen', 2]);
    await look(10);
    read = () => Promise.reject(new Error('stale file handle'));
    await watch.look();
    expect(said).toHaveLength(3);
  });

  it('does not take a file system without a size for a full one', async () => {
    await look(0, 0);
    expect(watch.reserve).toBe('enough');
  });

  it('is taken at once and then from time to time, one at a time however long it takes', async () => {
    jest.useFakeTimers();
    try {
      const slow = Promise.withResolvers<DiskRoom>();
      const reads = jest.fn(() => slow.promise);
      read = reads;
      watch.onModuleInit();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(reads).toHaveBeenCalledTimes(1);
      slow.resolve({ freeBytes: 1, totalBytes: 100 });
      await jest.advanceTimersByTimeAsync(60_000);
      expect([reads.mock.calls.length, watch.reserve]).toEqual([5, 'low']);
      watch.onModuleDestroy();
      await jest.advanceTimersByTimeAsync(60_000);
      expect(reads).toHaveBeenCalledTimes(5);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe('the room on a disk', () => {
  it('is what may be used of what may be used at all', () => {
    expect(roomOf({ bsize: 4_096, blocks: 100, bfree: 15, bavail: 10 })).toEqual({
      freeBytes: 40_960,
      totalBytes: 389_120,
    });
  });

  it('is read of the file system that a folder is on', async () => {
    const { freeBytes, totalBytes } = await readRoom(tmpdir());
    expect(totalBytes).toBeGreaterThan(0);
    expect(freeBytes).toBeLessThanOrEqual(totalBytes);
  });
});
