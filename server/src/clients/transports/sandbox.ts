import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

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

  /** @param hidden folders that exist and that no child may see */
  constructor(private readonly hidden: readonly string[] = []) {}

  /** Tried once, for real: many containers have the program and forbid the namespaces. */
  isUsable(): Promise<boolean> {
    this.trial ??= promisify(execFile)(BWRAP, [...bubblewrap([]), '--', '/bin/true'], { timeout: TRIAL_MS }).then(
      () => true,
      () => false,
    );
    return this.trial;
  }

  wrap(command: CommandLine, cwd: string): CommandLine {
    return { file: BWRAP, args: [...bubblewrap(this.hidden), '--chdir', cwd, '--', command.file, ...command.args] };
  }
}
