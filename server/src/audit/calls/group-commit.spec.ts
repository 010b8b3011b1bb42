import { GroupCommit } from './group-commit.js';

/** A commit that finishes when the test says so. */
function heldCommits() {
  const batches: { writes: readonly number[]; done: () => void; fail: (error: Error) => void }[] = [];
  const commit = (writes: readonly number[]) =>
    new Promise<void>((done, fail) => void batches.push({ writes, done, fail }));
  return { batches, group: new GroupCommit<number>(commit) };
}

const settled = () => new Promise((done) => setImmediate(done));

describe('GroupCommit', () => {
  it('commits the first write at once and shares the next commit among those who came meanwhile', async () => {
    const { batches, group } = heldCommits();
    const writes = [group.add(1), group.add(2), group.add(3)];
    await settled();
    batches[0]?.done();
    await settled();
    batches[1]?.done();
    await Promise.all(writes);
    expect(batches.map((batch) => batch.writes)).toEqual([[1], [2, 3]]);
  });

  it('does not acknowledge before the commit is durable', async () => {
    const { batches, group } = heldCommits();
    let acknowledged = false;
    const write = group.add(1).then(() => (acknowledged = true));
    await settled();
    expect(acknowledged).toBe(false);
    batches[0]?.done();
    await write;
    expect(acknowledged).toBe(true);
  });

  it('fails exactly the writes of a batch that failed, and goes on', async () => {
    const { batches, group } = heldCommits();
    const first = group.add(1);
    const second = group.add(2);
    await settled();
    batches[0]?.fail(new Error('disk full'));
    await expect(first).rejects.toMatchObject({ code: 'audit_unavailable' });
    await settled();
    batches[1]?.done();
    await expect(second).resolves.toBeUndefined();
  });

  it('refuses when two thousand wait already', async () => {
    const { batches, group } = heldCommits();
    const accepted = Array.from({ length: 2_001 }, (_, index) => group.add(index));
    await expect(group.add(9_999)).rejects.toMatchObject({ code: 'audit_unavailable' });
    const finish = setInterval(() => batches.forEach((batch) => batch.done()), 0);
    await Promise.all(accepted);
    clearInterval(finish);
  });

  it('puts no more into one commit than a statement can carry, and a giant alone', async () => {
    const sizes: number[][] = [];
    const mebibytes = new GroupCommit<number>(
      (writes) => {
        sizes.push([...writes]);
        return Promise.resolve();
      },
      (write) => write * 1024 * 1024,
    );
    await Promise.all([1, 3, 1, 9, 2].map((write) => mebibytes.add(write)));
    expect(sizes).toEqual([[1], [3, 1], [9], [2]]);
  });
});
