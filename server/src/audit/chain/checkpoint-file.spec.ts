import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckpointFile, type PublishedCheckpoint } from './checkpoint-file.js';

const checkpoint = (seq: number): PublishedCheckpoint => ({
  node: '00a7d3a7598c',
  seq,
  entries: seq,
  mac: 'mac',
  at: 1,
  signature: 'signature',
  publicKey: 'key',
});
const line = (seq: number): string => `${JSON.stringify(checkpoint(seq))}\n`;

describe('the file of checkpoints', () => {
  let folder: string;
  let file: CheckpointFile;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-checkpoints-'));
    file = new CheckpointFile(join(folder, 'audit', 'checkpoints.jsonl'));
    await file.append(checkpoint(1));
    await file.append(checkpoint(2));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('grows by a line each', async () => {
    expect(await readFile(file.path, 'utf8')).toBe(line(1) + line(2));
  });

  it.each([
    ['was cut', line(3).slice(0, 40)],
    ['has only become longer, as the power went', '\0'.repeat(300)],
  ])('goes on after a line that %s', async (_, torn) => {
    await writeFile(file.path, line(1) + line(2) + torn);
    await file.append(checkpoint(4));
    expect(await readFile(file.path, 'utf8')).toBe(line(1) + line(2) + line(4));
  });

  it('keeps a last line whose end somebody has taken away', async () => {
    await writeFile(file.path, (line(1) + line(2)).trimEnd());
    await file.append(checkpoint(3));
    expect(await readFile(file.path, 'utf8')).toBe(line(1) + line(2) + line(3));
  });

  it('keeps what is no line of ours', async () => {
    await writeFile(file.path, `${line(1)}something else\n`);
    await file.append(checkpoint(2));
    const seen: (number | undefined)[] = [];
    for await (const each of file.all()) seen.push(each?.seq);
    expect(seen).toEqual([1, undefined, 2]);
  });
});
