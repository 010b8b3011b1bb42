import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import type { CommandLine } from './sandbox.js';

/** Patience at each step of stopping: end of input, then TERM, then KILL. */
export const STOP_STEP_MS = 2_000;

/** Groups whose leader may still live; killed when this process exits without having stopped them. */
const living = new Set<number>();
process.once('exit', () => living.forEach((pid) => signalGroup(pid, 'SIGKILL')));

/**
 * A child that leads its own process group, so that whatever it starts goes when it goes.
 *
 * Only a descendant that calls setsid leaves the group; inside the sandbox's PID namespace that does not save it either.
 */
export class ProcessTree {
  readonly child: ChildProcessWithoutNullStreams;
  private stopping: Promise<void> | undefined;

  constructor(command: CommandLine, options: { cwd: string; env: Record<string, string> }) {
    this.child = spawn(command.file, command.args, {
      ...options,
      shell: false,
      detached: true,
      stdio: 'pipe',
      windowsHide: true,
    });
    const { pid } = this.child;
    if (pid === undefined) return;
    living.add(pid);
    this.child.once('exit', () => {
      signalGroup(pid, 'SIGKILL');
      living.delete(pid);
    });
  }

  get hasEnded(): boolean {
    return this.child.pid === undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Resolves once the leader is reaped and every process of its group has got its KILL. */
  stop(): Promise<void> {
    this.stopping ??= this.stopGently();
    return this.stopping;
  }

  private async stopGently(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined || this.hasEnded) return;
    const ended = once(this.child, 'exit');
    this.child.stdin.end();
    if (await isWithin(STOP_STEP_MS, ended)) return;
    signalGroup(pid, 'SIGTERM');
    if (await isWithin(STOP_STEP_MS, ended)) return;
    signalGroup(pid, 'SIGKILL');
    await ended;
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // ESRCH: nobody is left in the group.
  }
}

async function isWithin(ms: number, event: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), ms)));
  try {
    return await Promise.race([event.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
