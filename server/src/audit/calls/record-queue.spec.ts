import { jest } from '@jest/globals';
import { Clock } from '../../platform/index.js';
import '../audit.fixture.js';
import type { ChainHead } from '../chain/chain-format.js';
import { RecordQueue } from './record-queue.js';
import { RecordWriter, type RecordWrite } from './record-writer.js';

/** Commits when the test says so. */
class Held extends RecordWriter {
  readonly batches: { ids: string[]; done: () => void; fail: (error: Error) => void }[] = [];

  commit(writes: readonly RecordWrite[]): Promise<ChainHead> {
    return new Promise((done, fail) => {
      const ids = writes.map(({ id }) => id);
      this.batches.push({ ids, done: () => done({ seq: writes.length, mac: '' }), fail });
    });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

const write = (id: string | number, body = ''): RecordWrite => ({ event: 'refusal', id: String(id), values: [body] });

const turn = () => new Promise((done) => setImmediate(done));

/** The commit that can begin has begun: it does so at the end of a turn. */
const settled = () => turn().then(turn);

describe('RecordQueue', () => {
  let held: Held;
  let queue: RecordQueue;

  beforeEach(() => {
    held = new Held();
    queue = new RecordQueue(held, new Clock());
  });

  const ids = () => held.batches.map((batch) => batch.ids);

  it('shares a commit among those who come in one turn of the event loop, and the next among those who come meanwhile', async () => {
    const together = [1, 2].map((id) => queue.add(write(id)));
    await settled();
    const meanwhile = [queue.add(write(3))];
    await settled();
    meanwhile.push(queue.add(write(4)));
    expect(ids()).toEqual([['1', '2']]);
    held.batches[0]?.done();
    await Promise.all(together);
    await settled();
    held.batches[1]?.done();
    await Promise.all(meanwhile);
    expect(ids()).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it('lets the writer go on before those who waited for it', async () => {
    let under: string[][] = [];
    const first = queue.add(write(1)).then(() => (under = ids()));
    await settled();
    const second = queue.add(write(2));
    held.batches[0]?.done();
    await first;
    held.batches[1]?.done();
    await second;
    expect(under).toEqual([['1'], ['2']]);
  });

  it('does not acknowledge before the commit is durable', async () => {
    let acknowledged = false;
    const written = queue.add(write(1)).then(() => (acknowledged = true));
    await settled();
    expect(acknowledged).toBe(false);
    held.batches[0]?.done();
    await written;
    expect(acknowledged).toBe(true);
  });

  it('fails exactly the writes of a batch that failed, and goes on', async () => {
    const first = queue.add(write(1));
    await settled();
    const second = queue.add(write(2));
    held.batches[0]?.fail(new Error('disk full'));
    await expect(first).rejects.toMatchObject({ code: 'audit_unavailable' });
    await settled();
    held.batches[1]?.done();
    await expect(second).resolves.toBeUndefined();
  });

  it('refuses when two thousand wait already', async () => {
    const accepted = Array.from({ length: 2_000 }, (_, id) => queue.add(write(id)));
    await expect(queue.add(write(9_999))).rejects.toMatchObject({ code: 'audit_unavailable' });
    const finish = setInterval(() => held.batches.forEach((batch) => batch.done()), 0);
    await Promise.all(accepted);
    clearInterval(finish);
  });

  it('puts no more into one commit than a statement can carry, and a giant alone', async () => {
    const third = 'x'.repeat(1024 * 1024 * 0.3); // Of a mebibyte, because a character may weigh three bytes.
    const sizes = [1, 3, 1, 9, 2];
    const written = Promise.all(sizes.map((size) => queue.add(write(size, third.repeat(size)))));
    const finish = setInterval(() => held.batches.forEach((batch) => batch.done()), 0);
    await written;
    clearInterval(finish);
    expect(ids()).toEqual([['1', '3'], ['1'], ['9'], ['2']]);
  });

  it('lets nobody wait for longer than two seconds, and says so when the write became durable after all', async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date', 'performance'] });
    const late: string[] = [];
    const given = queue.add(write(1), () => late.push('1'));
    await settled();
    jest.advanceTimersByTime(1_000);
    const patient = queue.add(write(2), () => late.push('2'));
    jest.advanceTimersByTime(1_400);
    jest.useRealTimers();
    await expect(given).rejects.toMatchObject({ code: 'audit_unavailable' });
    expect(queue.isHealthy()).toBe(false);
    held.batches[0]?.done();
    await settled();
    held.batches[1]?.done();
    await patient;
    expect(late).toEqual(['1']);
    expect(queue.isHealthy()).toBe(true);
  });
});
