import { Logger } from '@nestjs/common';
import { Metrics } from '../telemetry/metrics.js';
import { containerLimit, oldSpaceLimit, OwnMemory } from './memory-use.js';
import { HandMemory } from '../../../spec/hand-memory.js';
import { MemoryWatch } from './memory-watch.js';

Logger.overrideLogger(false);

describe('a look at the memory', () => {
  let memory: HandMemory;
  let metrics: Metrics;
  let nowMs: number;
  let watch: MemoryWatch;

  beforeEach(() => {
    nowMs = 0;
    memory = new HandMemory();
    metrics = new Metrics();
    watch = new MemoryWatch(memory, metrics, () => nowMs);
  });

  afterEach(() => watch.onModuleDestroy());

  const look = (part: number): void => {
    memory.part = part;
    watch.look();
  };

  it('turns away what is long while memory is short, and says when to come back', () => {
    look(0.84);
    expect(() => watch.demandRoom()).not.toThrow();
    look(0.86);
    expect(() => watch.demandRoom()).toThrow(
      expect.objectContaining({ code: 'memory_short', status: 503, details: { seconds: expect.any(Number) } }),
    );
    look(0.5);
    expect(() => watch.demandRoom()).not.toThrow();
  });

  it('is measured', async () => {
    look(0.93);
    const text = await metrics.registry.metrics();
    expect(text).toMatch(/^gatehouse_memory_use_ratio 0.93$/m);
    expect(text).toMatch(/^gatehouse_memory_pressure 2$/m);
  });

  it('does not take garbage for use, and has it told apart before there is no room left', () => {
    memory.garbage = 0.4;
    look(0.5);
    expect([watch.level, memory.collections]).toEqual(['none', 1]);
  });

  it('tells what is in use from garbage while memory is short, and not all the time', () => {
    look(0.5);
    expect(memory.collections).toBe(0);
    for (const [atMs, collections] of [
      [0, 1],
      [4_999, 1],
      [5_000, 2],
    ] as const) {
      nowMs = atMs;
      look(0.9);
      expect(memory.collections).toBe(collections);
    }
    memory.knownAtMs = 9_000;
    nowMs = 13_000;
    look(0.9);
    expect(memory.collections).toBe(2);
  });
});

describe('what there is of memory', () => {
  it.each([
    ['', 4_288, 4_096],
    ['--enable-source-maps', 67, 64],
    ['--max-old-space-size=160', 352, 160],
    ['--max_old_space_size 200 --max-old-space-size=160', 352, 160],
  ])('of the heap with %j is not what is for the young', (options, limit, old) => {
    expect(oldSpaceLimit(limit * 1024 * 1024, options) / 1024 / 1024).toBeCloseTo(old, 5);
  });

  it('of the container counts where one is set, and not where there is none', () => {
    expect(containerLimit(512, 1_000)).toBe(512);
    expect(containerLimit(0, 1_000)).toBeUndefined();
    expect(containerLimit(2 ** 64, 1_000)).toBeUndefined();
  });

  it('is partly in use by this process, garbage aside once it was told apart', async () => {
    const own = new OwnMemory();
    const before = own.use();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(1);
    own.collect();
    while (own.knownAtMs < 0) await new Promise((done) => setImmediate(done));
    expect(own.use()).toBeGreaterThan(0);
    own.stop();
  });
});
