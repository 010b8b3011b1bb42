import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, waitFor } from '@gatehouse/testing';
import { ProcessTree } from './process-tree.js';
import { Sandbox } from './sandbox.js';

const sandboxWorks = await new Sandbox().isUsable();
const CWD = process.cwd();
const ENV = { PATH: process.env.PATH ?? '' };

describe('a tree of processes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tree-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Pids that a script wrote, as this machine counts them. */
  const pidsIn = (file: string, count: number) =>
    waitFor('pids to be written', () => {
      const pids = readFileSync(join(folder, file), 'utf8').trim().split('\n').map(Number);
      return pids.length === count && pids.every((pid) => pid > 0) && pids;
    });
  const script = (text: string) => ({ file: '/bin/sh', args: ['-c', text] });
  const gone = (pid: number) => waitFor(`${pid} to be gone`, async () => !(await isAlive(pid)));

  it('ends at the end of its input when it is polite', async () => {
    const tree = new ProcessTree(script('cat'), { cwd: CWD, env: ENV });
    await once(tree.child, 'spawn');
    await tree.stop();
    expect(tree.child.exitCode).toBe(0);
  });

  it('is killed with all its children when they ignore everything', async () => {
    const stubborn = `trap "" TERM; sh -c 'trap "" TERM; echo $$ >> ${folder}/a; while :; do sleep 1; done' & echo $$ >> ${folder}/a; while :; do sleep 1; done`;
    const tree = new ProcessTree(script(stubborn), { cwd: CWD, env: ENV });
    const pids = await pidsIn('a', 2);
    await tree.stop();
    await Promise.all(pids.map(gone));
    expect(tree.child.signalCode).toBe('SIGKILL');
  });

  it('takes its children along when its leader leaves by itself', async () => {
    const tree = new ProcessTree(script(`sleep 600 & echo $! >> ${folder}/b; exit 0`), { cwd: CWD, env: ENV });
    await once(tree.child, 'exit');
    const [pid] = await pidsIn('b', 1);
    await gone(pid);
  });

  it('passes arguments on as they are, without a shell', async () => {
    const tree = new ProcessTree({ file: '/bin/echo', args: ['$(id); `id` | cat', '&& true'] }, { cwd: CWD, env: ENV });
    let output = '';
    tree.child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(tree.child, 'close');
    expect(output).toBe('$(id); `id` | cat && true\n');
  });

  (sandboxWorks ? describe : describe.skip)('in the sandbox', () => {
    /** How this machine calls a process that carries `mark` on its command line. */
    const findByMark = async (mark: string) => {
      const { descendantsOf } = await import('@gatehouse/testing');
      return (await descendantsOf(1)).filter((row) => row.command === `sleep ${mark}`).map((row) => row.pid);
    };

    it('does not let a process escape that leaves the group', async () => {
      const command = new Sandbox().wrap(script('setsid sleep 86401 & cat'), CWD);
      const tree = new ProcessTree(command, { cwd: CWD, env: ENV });
      const pids = await waitFor('the escapee to run', async () => {
        const found = await findByMark('86401');
        return found.length > 0 && found;
      });
      await tree.stop();
      await Promise.all(pids.map(gone));
    });

    it('dies with us when we are killed', async () => {
      const { file, args } = new Sandbox().wrap(script('sleep 86402 & cat'), CWD);
      const parent = spawn(process.execPath, [
        '-e',
        `require('child_process').spawn(${JSON.stringify(file)}, ${JSON.stringify(args)}, {detached: true, stdio: 'pipe'}); setInterval(() => {}, 1e6)`,
      ]);
      const pids = await waitFor('the child to run', async () => {
        const found = await findByMark('86402');
        return found.length > 0 && found;
      });
      parent.kill('SIGKILL');
      await Promise.all(pids.map(gone));
    });

    it('shows no process of ours and no hidden folder', async () => {
      const hidden = mkdtempSync(join(folder, 'keys-'));
      const command = new Sandbox([hidden]).wrap(
        script(`ls /proc | grep -c '^[0-9]'; touch ${hidden}/seen; ls ${hidden}`),
        CWD,
      );
      const tree = new ProcessTree(command, { cwd: CWD, env: ENV });
      let output = '';
      tree.child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
      await once(tree.child, 'close');
      expect(Number(output.split('\n')[0])).toBeLessThan(8);
      expect(() => readFileSync(join(hidden, 'seen'))).toThrow();
    });
  });
});
