import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findCommand } from './command-path.js';

/** A program and its arguments, ready for `spawn`. */
export interface CommandLine {
  file: string;
  args: readonly string[];
}

const BWRAP = 'bwrap';
const TRIAL_MS = 5_000;

/**
 * Own PID namespace (the child sees no process of ours, and nothing it starts can outlive it), dead with its parent,
 * and without a view of `hidden` folders.
 */
const bubblewrap = (hidden: readonly string[]): string[] => [
  '--die-with-parent',
  '--unshare-pid',
  '--dev-bind',
  '/',
  '/',
  '--proc',
  '/proc',
  ...hidden.flatMap((folder) => ['--tmpfs', folder]),
];

/** Puts commands into a bubblewrap sandbox, where the machine has one that works. */
export class Sandbox {
  private trial: Promise<boolean> | undefined;
  private file = BWRAP;

  /** @param hidden folders that exist and that no child may see */
  constructor(private readonly hidden: readonly string[] = []) {}

  /** Tried once, for real: many containers have the program and forbid the namespaces. */
  isUsable(): Promise<boolean> {
    this.trial ??= this.tryOut().then(
      () => true,
      () => false,
    );
    return this.trial;
  }

  private async tryOut(): Promise<void> {
    // By its full path: a service may be configured with a PATH of its own.
    this.file = await findCommand(BWRAP, process.env.PATH ?? '', '/');
    await promisify(execFile)(this.file, [...bubblewrap([]), '--', '/bin/true'], { timeout: TRIAL_MS });
  }

  wrap(command: CommandLine, cwd: string): CommandLine {
    return { file: this.file, args: [...bubblewrap(this.hidden), '--chdir', cwd, '--', command.file, ...command.args] };
  }
}
