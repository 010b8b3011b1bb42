import { chmod, mkdir, mkdtemp, realpath, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Unpinnable } from '../errors/upstream-failures.js';
import { PinReader } from './pin-reader.js';

describe('what a command runs, as a pin', () => {
  let folder: string;
  /** One that is no script. */
  let program: string;
  const reader = new PinReader();

  const put = async (path: string, text: string): Promise<string> => {
    const file = join(folder, path);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, text);
    return file;
  };

  const digest = async (file: string, ...args: string[]): Promise<string> =>
    (await reader.read({ file, args, cwd: folder })).digest;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'gatehouse-pin-')));
    program = await put('tool', 'binary');
    await put('server/package-lock.json', '{}');
    await put('server/package.json', '{}');
    await put('server/node_modules/some/index.js', 'serve()');
    await put('server/node_modules/some/package.json', '{}');
    // Says nothing of what is installed beside it.
    await put('server/node_modules/some/npm-shrinkwrap.json', '{}');
    await put('server/node_modules/other/index.js', 'help()');
    await mkdir(join(folder, 'server/node_modules/.bin'));
    await symlink('../some/index.js', join(folder, 'server/node_modules/.bin/some'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('counts files and bytes: the program, and the whole folder with the lock', async () => {
    const pin = await reader.read({ file: program, args: ['server/node_modules/some/index.js'], cwd: folder });
    expect(pin).toEqual({ algorithm: 'sha256', digest: expect.stringMatching(/^[0-9a-f]{64}$/), files: 7, bytes: 27 });
  });

  describe('of a script in a package', () => {
    const changes: [string, () => Promise<unknown>][] = [
      ['the script', () => put('server/node_modules/some/index.js', 'SERVE()')],
      ['a dependency', () => put('server/node_modules/other/index.js', 'HELP()')],
      ['the lock', () => put('server/package-lock.json', '[]')],
      ['one more file', () => put('server/node_modules/other/more.js', '')],
      ['one file less', () => rm(join(folder, 'server/node_modules/other/index.js'))],
      [
        'another name',
        () => rename(join(folder, 'server/node_modules/other'), join(folder, 'server/node_modules/oth')),
      ],
      ['a link that points elsewhere', () => relink('server/node_modules/.bin/some', '../other/index.js')],
      [
        'a link in the place of a file with the same content',
        async () => {
          await put('elsewhere.js', 'help()');
          await relink('server/node_modules/other/index.js', join(folder, 'elsewhere.js'));
        },
      ],
    ];
    const relink = async (path: string, to: string): Promise<void> => {
      await rm(join(folder, path));
      await symlink(to, join(folder, path));
    };

    it.each(changes)('%s is another digest', async (_, change) => {
      const script = join(folder, 'server/node_modules/some/index.js');
      const before = await digest(program, script);
      expect(await digest(program, script)).toBe(before);
      await change();
      expect(await digest(program, script)).not.toBe(before);
    });

    it('modes and times are not, nor what lies outside or is only linked to', async () => {
      const script = join(folder, 'server/node_modules/some/index.js');
      await put('data/notes.txt', 'one');
      await symlink(join(folder, 'data'), join(folder, 'server/data'));
      const before = await digest(program, script);
      await chmod(script, 0o700);
      await utimes(script, 1, 1);
      await put('data/notes.txt', 'two');
      expect(await digest(program, script)).toBe(before);
    });
  });

  it.each([
    ['by a link of its folder', ['server/node_modules/.bin/some']],
    ['without its ending', ['server/node_modules/some/index']],
    ['behind an option', ['--import=./server/node_modules/some/index.js']],
    ['as a folder', ['server']],
  ])('finds the script named %s', async (_, args) => {
    const before = await digest(program, ...args);
    await put('server/node_modules/other/index.js', 'HELP()');
    expect(await digest(program, ...args)).not.toBe(before);
  });

  it('takes a program that is a script for one of its package, and one that is not for itself', async () => {
    const script = await put('server/node_modules/some/cli.js', '#!/usr/bin/env node\n');
    const binary = await put('server/node_modules/some/cli', 'binary');
    const before = [await digest(script), await digest(binary)];
    await put('server/node_modules/other/index.js', 'HELP()');
    const after = [await digest(script), await digest(binary)];
    expect(after.map((each, at) => each === before[at])).toEqual([false, true]);
    await put('server/node_modules/some/cli', 'BINARY');
    expect(await digest(binary)).not.toBe(before[1]);
  });

  it('takes the interpreter of a virtual environment for one of its project', async () => {
    await put('py/uv.lock', '');
    await put('py/.venv/pyvenv.cfg', '');
    const library = await put('py/.venv/lib/some.py', 'serve()');
    await mkdir(join(folder, 'py/.venv/bin'));
    const python = join(folder, 'py/.venv/bin/python');
    await symlink(await put('python3', 'binary'), python);
    const before = await digest(python, '-m', 'some');
    await writeFile(library, 'SERVE()');
    expect(await digest(python, '-m', 'some')).not.toBe(before);
  });

  it('tells where the links of a name end, also where the content is the same', async () => {
    await put('v1/tool', 'binary');
    await put('v2/tool', 'binary');
    await symlink('v1', join(folder, 'current'));
    const before = await digest(join(folder, 'current/tool'));
    await rm(join(folder, 'current'));
    await symlink('v2', join(folder, 'current'));
    expect(await digest(join(folder, 'current/tool'))).not.toBe(before);
  });

  it('stops at too many files, too many bytes, a pipe, and what it may not read', async () => {
    const script = join(folder, 'server/node_modules/some/index.js');
    const read = (limits?: { entries: number; bytes: number }, args = [script]) =>
      new PinReader(limits).read({ file: program, args, cwd: folder });
    await expect(read({ entries: 10, bytes: 100 })).rejects.toEqual(
      new Unpinnable(`more than 10 files in ${folder}/server`),
    );
    await expect(read({ entries: 100, bytes: 26 })).rejects.toEqual(new Unpinnable('more than 26 bytes'));
    await expect(read({ entries: 11, bytes: 27 })).resolves.toMatchObject({ files: 7 });
    await promisify(execFile)('mkfifo', [join(folder, 'server/pipe')]);
    await expect(read()).rejects.toEqual(new Unpinnable(`${folder}/server/pipe is no file, folder or link`));
    await expect(reader.read({ file: `${folder}/none`, args: [], cwd: folder })).rejects.toEqual(
      new Unpinnable(`ENOENT ${folder}/none`),
    );
  });
});
