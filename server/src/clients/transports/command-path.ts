import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve, sep } from 'node:path';
import { CommandNotFound } from '../errors/upstream-failures.js';

/**
 * The absolute path of a command, found the way a shell finds it, but without a shell.
 *
 * @throws {CommandNotFound} nothing executable has that name
 */
export async function findCommand(command: string, searchPath: string, cwd: string): Promise<string> {
  const candidates = command.includes(sep)
    ? [isAbsolute(command) ? command : resolve(cwd, command)]
    : searchPath
        .split(delimiter)
        .filter(Boolean)
        .map((folder) => join(folder, command));
  for (const candidate of candidates) {
    if (await isExecutableFile(candidate)) return candidate;
  }
  throw new CommandNotFound(`command not found: ${command}`);
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
