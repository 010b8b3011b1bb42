import { programOf } from './names.js';
import { problem, type Problem } from './problems.js';
import type { Located, LocatedSetting } from './sighting.js';

/** `NAME=value` as a setting. */
export function settingOf({ value, offset }: Located): LocatedSetting {
  const equals = value.indexOf('=');
  return { name: value.slice(0, equals), value: value.slice(equals + 1), offset };
}

interface Unwrapped {
  readonly command: Located | undefined;
  readonly args: readonly Located[];
  readonly problems: readonly Problem[];
}

/** Windows guides start everything by `cmd /c`; the program itself is what is meant. */
export function unwrapped(program: readonly Located[], more: readonly Located[] = []): Unwrapped {
  const [command, ...own] = program;
  const args = [...own, ...more];
  const isWrapper =
    command !== undefined && programOf(command.value) === 'cmd' && args[0]?.value.toLowerCase() === '/c';
  if (!isWrapper) return { command, args, problems: [] };
  return { command: args[1], args: args.slice(2), problems: [problem('wrapper_removed', command.offset)] };
}
