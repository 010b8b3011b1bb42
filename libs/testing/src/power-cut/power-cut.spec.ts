import { DiskRecorder } from './disk-recorder.ts';
import { remainsAt, type Remains } from './remains.ts';
import { SystemCallReader } from './system-calls.ts';

const hex = (text: string): string => Buffer.from(text).toString('hex').replaceAll(/../g, '\\x$&');
const quoted = (text: string): string => `"${hex(text)}"`;
const opens = (fd: number, path: string, flags = 'O_WRONLY|O_CREAT'): string =>
  `10  openat(AT_FDCWD<${hex('/')}>, ${quoted(path)}, ${flags}, 0600) = ${fd}<${hex(path)}>`;
const writes = (path: string, offset: number, text: string, fd = 5, thread = 10): string =>
  `${thread}  pwrite64(${fd}<${hex(path)}>, ${quoted(text)}, ${text.length}, ${offset}) = ${text.length}`;
const syncs = (path: string, fd = 5): string => `10  fsync(${fd}<${hex(path)}>) = 0`;
const [START_OF_SYNC, END_OF_SYNC] = [`10  fsync(5<${hex('/d/a')}> <unfinished ...>`, '10  <... fsync resumed>) = 0'];
const SYNCS_FOLDER = [opens(9, '/d', 'O_RDONLY'), syncs('/d', 9)];

const recorded = (lines: readonly string[], leavesOut?: (path: string) => boolean): DiskRecorder => {
  const recorder = new DiskRecorder('/d', leavesOut);
  const calls = new SystemCallReader();
  for (const line of lines) {
    const call = calls.read(line);
    if (call) recorder.add(call);
  }
  return recorder;
};

const shown = ({ folders, files }: Remains): Record<string, string | null> =>
  Object.fromEntries([
    ...folders.map((path) => [path, null] as const),
    ...[...files].map(([path, bytes]) => [path, bytes.toString()] as const),
  ]);

/** What is left after all of them; of what was not synced nothing, unless `luck` says so. */
const left = (lines: readonly string[], luck?: () => number): Record<string, string | null> =>
  shown(remainsAt(recorded(lines).events, lines.length, luck));

const keepsAll = (): (() => number) => {
  const numbers = [1];
  // The part that is kept comes first; what is below it is kept, and no page is torn.
  return () => numbers.pop() ?? 0.5;
};

describe('what is left after a power cut', () => {
  const made = [opens(5, '/d/a'), ...SYNCS_FOLDER];

  it('is what was written before a sync, and nothing of what came after', () => {
    expect(left([...made, writes('/d/a', 0, 'one'), syncs('/d/a'), writes('/d/a', 3, 'two')])).toEqual({ a: 'one' });
    expect(left([...made, writes('/d/a', 0, 'one')])).toEqual({ a: '' });
  });

  it('is not what was written while a sync was under way, nor what a sync without an end was for', () => {
    const during = [...made, writes('/d/a', 0, 'one'), START_OF_SYNC, writes('/d/a', 3, 'two', 5, 11)];
    expect(left(during)).toEqual({ a: '' });
    expect(left([...during, END_OF_SYNC])).toEqual({ a: 'one' });
  });

  it('is of each file what was synced of that file', () => {
    const lines = [opens(6, '/d/b'), ...made, writes('/d/a', 0, 'a'), writes('/d/b', 0, 'b', 6), syncs('/d/b', 6)];
    expect(left(lines)).toEqual({ a: '', b: 'b' });
  });

  it('has a name, another one or none as its folder was synced', () => {
    const written = [opens(5, '/d/a'), writes('/d/a', 0, 'one'), syncs('/d/a')];
    expect(left(written)).toEqual({});
    const renamed = [...written, ...SYNCS_FOLDER, `10  rename(${quoted('/d/a')}, ${quoted('/d/b')}) = 0`];
    expect(left(renamed)).toEqual({ a: 'one' });
    expect(left([...renamed, ...SYNCS_FOLDER])).toEqual({ b: 'one' });
    const removed = [...written, ...SYNCS_FOLDER, `10  unlink(${quoted('/d/a')}) = 0`];
    expect(left(removed)).toEqual({ a: 'one' });
    expect(left([...removed, ...SYNCS_FOLDER])).toEqual({});
  });

  it('has folders, and what is in them', () => {
    const lines = [`10  mkdir(${quoted('/d/sub')}, 0700) = 0`, ...SYNCS_FOLDER, opens(5, '/d/sub/a')];
    expect(left(lines)).toEqual({ sub: null });
    expect(left([...lines, opens(9, '/d/sub', 'O_RDONLY'), syncs('/d/sub', 9)])).toEqual({ sub: null, 'sub/a': '' });
  });

  it('is as long as it was cut to, and zeros where nothing was written', () => {
    const cut = [...made, writes('/d/a', 2, 'cd'), `10  ftruncate(5<${hex('/d/a')}>, 3) = 0`];
    expect(left([...cut, syncs('/d/a')])).toEqual({ a: '\0\0c' });
    expect(left([...cut, opens(7, '/d/a', 'O_WRONLY|O_TRUNC'), syncs('/d/a')])).toEqual({ a: '' });
  });

  it('goes on where the write before ended, or at the end of the file', () => {
    const write = (fd: number, text: string): string =>
      `10  write(${fd}<${hex('/d/a')}>, ${quoted(text)}, 9) = ${text.length}`;
    const lines = [...made, write(5, 'ab'), write(5, 'c'), opens(6, '/d/a', 'O_WRONLY|O_APPEND'), write(6, 'd')];
    expect(left([...lines, syncs('/d/a')])).toEqual({ a: 'abcd' });
  });

  it('may be all that was not synced, or any part of it by page and sector', () => {
    const written = [opens(5, '/d/a'), writes('/d/a', 0, 'x'.repeat(40 * 4096))];
    expect(left(written, keepsAll())).toEqual({ a: 'x'.repeat(40 * 4096) });
    let seed = 0;
    const { a = '' } = left([...made, ...written], () => ((seed += 7) % 10) / 10);
    const sectors = String(a).match(/[^]{512}/g) ?? [];
    expect(new Set(sectors)).toEqual(new Set(['x'.repeat(512), '\0'.repeat(512)]));
    const pages = new Set(String(a).match(/[^]{4096}/g));
    expect([...pages].some((page) => new Set(page).size > 1)).toBe(true);
    expect(pages).toContain('x'.repeat(4096));
  });
});

describe('a recording', () => {
  it('knows what was written to whom else', () => {
    const to = 'TCP:[127.0.0.1:80->127.0.0.1:9000]';
    const { said, events } = recorded([
      `10  writev(7<${to}>, [{iov_base=${quoted('a')}}, {iov_base=${quoted('b')}}], 2) = 2`,
    ]);
    expect([said, events]).toEqual([[{ began: 1, ended: 1, to, bytes: Buffer.from('ab') }], []]);
  });

  it('leaves out what failed and what does not matter', () => {
    const failed = `10  mkdir(${quoted('/d/sub')}, 0700) = -1 EEXIST (File exists)`;
    const { events } = recorded([failed, opens(5, '/d/x-shm')], (path) => path.endsWith('-shm'));
    expect(events).toEqual([]);
  });

  it.each([
    ['a call that it does not know', [opens(5, '/d/a'), `10  fallocate(5<${hex('/d/a')}>, 0, 0, 9) = 0`]],
    [
      'a mapped file',
      [opens(5, '/d/a'), `10  mmap(NULL, 9, PROT_READ|PROT_WRITE, MAP_SHARED, 5<${hex('/d/a')}>, 0) = 0x7`],
    ],
    ['a file that was there before', [opens(5, '/d/a', 'O_RDWR')]],
    ['data that was cut off', [opens(5, '/d/a'), `10  pwrite64(5<${hex('/d/a')}>, "\\x61"..., 9, 0) = 9`]],
  ])('refuses %s', (_, lines) => expect(() => recorded(lines)).toThrow(/^The record(er|ing) /));
});
