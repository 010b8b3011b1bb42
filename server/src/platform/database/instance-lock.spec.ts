import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockDataDir } from './instance-lock.js';

describe('the lock of a data folder', () => {
  let folder: string;

  beforeEach(() => (folder = join(mkdtempSync(join(tmpdir(), 'gatehouse-lock-')), 'data')));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps a second one away, until the first gives the folder back', () => {
    const unlock = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(`Another Gatehouse (process ${process.pid}) uses ${folder}`);
    unlock();
    lockDataDir(folder)();
  });

  it('is gone with a process that was killed', async () => {
    lockDataDir(folder)();
    const hold = `
      const { DatabaseSync } = require('node:sqlite');
      globalThis.lock = new DatabaseSync(${JSON.stringify(join(folder, 'instance.lock'))});
      globalThis.lock.exec('BEGIN EXCLUSIVE');
      console.log('held');
      setInterval(() => undefined, 1_000);`;
    const owner = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '-e', hold]);
    await once(owner.stdout, 'data');
    expect(() => lockDataDir(folder)).toThrow('Another Gatehouse');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    lockDataDir(folder)();
  });

  it('does not mind what an earlier version left, whoever has that number now', () => {
    lockDataDir(folder)();
    const left = join(folder, 'gatehouse.lock');
    writeFileSync(left, String(process.ppid));
    lockDataDir(folder)();
    expect(existsSync(left)).toBe(false);
  });
});
