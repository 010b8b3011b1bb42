import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@gatehouse/testing';

/** What one access of a process to its files comes to. */
export interface DiskFault {
  /** `pwrite64` writes a page, `fsync` makes it last. */
  readonly call: 'pwrite64' | 'fsync';
  readonly error: 'EIO' | 'ENOSPC';
  /** The first one that fails, of each thread, counted from 1. */
  readonly at: number;
  /** Whether all after it fail as well. */
  readonly lasts: boolean;
}

export interface FailingDisk {
  /** How many accesses have failed. */
  failed(): Promise<number>;
  /** The disk is well again. */
  mend(): Promise<void>;
}

export interface SlowDisk {
  /** How many accesses have been held up. */
  heldUp(): Promise<number>;
  /** The disk is as fast as before. */
  mend(): Promise<void>;
}

const ATTACHED_MS = 10_000;

/**
 * Lets what a process does to its files fail as a broken or a full disk would, by the system call.
 *
 * @returns undefined where there is no strace, or nobody may use it
 */
export async function failDisk(
  pid: number,
  files: readonly string[],
  { call, error, at, lasts }: DiskFault,
): Promise<FailingDisk | undefined> {
  const paths = files.flatMap((file) => ['-P', file]);
  const inject = `inject=${call}:error=${error}:when=${at}${lasts ? '+' : ''}`;
  const tracer = await attach(pid, [...paths, '-e', `trace=${call}`, '-e', inject]);
  return tracer && { failed: () => tracer.count('(INJECTED)'), mend: () => tracer.end() };
}

/**
 * Holds up whatever a process wants to last.
 *
 * @param delayMs of each access
 * @returns undefined where there is no strace, or nobody may use it
 */
export async function slowDisk(pid: number, delayMs: number): Promise<SlowDisk | undefined> {
  const calls = 'fsync,fdatasync';
  const inject = `inject=${calls}:delay_enter=${delayMs * 1_000}`;
  const tracer = await attach(pid, ['-e', `trace=${calls}`, '-e', inject]);
  return tracer && { heldUp: () => tracer.count('(DELAYED)'), mend: () => tracer.end() };
}

interface Tracer {
  /** How often it has written this. */
  count(mark: string): Promise<number>;
  end(): Promise<void>;
}

async function attach(pid: number, what: readonly string[]): Promise<Tracer | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-e2e-strace-'));
  const log = join(folder, 'log');
  const args = ['-f', '-p', String(pid), ...what, '-o', log];
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  strace.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<'ended'>((resolve) => {
    strace.once('error', () => resolve('ended'));
    strace.once('exit', () => resolve('ended'));
  });
  const attached = waitFor('strace', () => said.includes(`Process ${pid} attached`), ATTACHED_MS).then(
    () => 'attached' as const,
  );
  const end = async (): Promise<void> => {
    strace.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  if ((await Promise.race([attached, ended])) === 'ended') {
    attached.catch(() => undefined);
    await end();
    return undefined;
  }
  const count = async (mark: string): Promise<number> =>
    (await readFile(log, 'utf8').catch(() => '')).split(mark).length - 1;
  return { count, end };
}
