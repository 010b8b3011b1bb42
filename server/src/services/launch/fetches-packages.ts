import { FETCHERS } from './fetchers.js';
import { programName } from './program-name.js';

/** What would be started, as far as its words tell. */
export interface Launch {
  /** The program, by name or by path. */
  readonly file: string;
  /** Where its links end; the same as `file` where nobody has looked. */
  readonly realFile: string;
  readonly args: readonly string[];
  /** The arguments, those that name files replaced by where their links end; absent where nobody has looked. */
  readonly realArgs?: readonly string[];
}

/** Programs that start whatever comes among their arguments, or in a text of them. */
const WRAPPERS = new Set([
  ...['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'fish', 'busybox', 'toybox', 'cmd', 'powershell', 'pwsh'],
  ...['env', 'exec', 'command', 'time', 'timeout', 'nice', 'ionice', 'chrt', 'taskset', 'nohup', 'setsid', 'stdbuf'],
  ...['sudo', 'doas', 'su', 'runuser', 'setpriv', 'capsh', 'chroot', 'unshare', 'nsenter', 'bwrap', 'firejail'],
  ...['tini', 'dumb-init', 'xargs', 'flock', 'script', 'unbuffer', 'strace'],
  ...['corepack', 'dotenv', 'op', 'mise', 'asdf'],
]);

const SHELLS = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh', 'mksh', 'fish', 'busybox', 'toybox', 'pwsh']);

/** What a shell makes other words of: escapes, expansions, patterns, and quotes in the middle of a word. */
const REWRITTEN = /[\\$`*?[{]|\w["']+\w/;

/** Programs that run a file, and so may run one of the fetchers as a file of theirs. */
const INTERPRETERS = new Set(['node', 'nodejs', 'bun', 'deno', 'tsx', 'ts-node', 'python', 'pypy', 'ruby', 'perl']);

/** More words behind a wrapper are not looked through: nobody needs so many. */
const MOST_WORDS = 1_000;

/**
 * Whether a command gets the program that it runs from a registry, or may, when it starts: what runs then is decided
 * by whoever publishes, and nobody has looked at it. Pure, and bounded however long the words are.
 *
 * It reads words. A script of one's own that calls `npx` inside is not seen; its content is a matter of its pin. Where
 * the words leave it open, as a shell's do, the answer is yes.
 */
export const fetchesPackages = ({ file, realFile, args, realArgs = args }: Launch): boolean =>
  [file, realFile].some((program) => [args, realArgs].some((words) => startsFetcher(program, words)));

function startsFetcher(program: string, args: readonly string[]): boolean {
  if (isFetcher(program, args)) return true;
  if (!WRAPPERS.has(programName(program))) return false;
  const words = args.flatMap(shellWords);
  if (words.length > MOST_WORDS) return true;
  const isShell = [program, ...words].some((word) => SHELLS.has(programName(word)));
  if (isShell && args.some((text) => REWRITTEN.test(text))) return true;
  return words.some((word, at) => isFetcher(word, words.slice(at + 1)));
}

function isFetcher(program: string, args: readonly string[]): boolean {
  const name = programName(program);
  if (FETCHERS.get(name)?.(args)) return true;
  return INTERPRETERS.has(name) && (runsFetcherFile(args) || runsFetcherModule(args));
}

/** `node /usr/lib/node_modules/npm/bin/npx-cli.js` */
const runsFetcherFile = (args: readonly string[]): boolean =>
  args.some((word, at) => looksLikeFile(word) && FETCHERS.get(programName(word))?.(args.slice(at + 1)));

const looksLikeFile = (word: string): boolean => /[\\/]|\.[cm]?js$/i.test(word);

/** `python -m uv tool run`, also as `-Imuv` */
function runsFetcherModule(args: readonly string[]): boolean {
  const at = args.findIndex((word) => /^-[A-Za-z]*m/.test(word));
  if (at === -1) return false;
  const [module, ...rest] = [args[at].replace(/^-[A-Za-z]*?m/, ''), ...args.slice(at + 1)].filter(Boolean);
  return module !== undefined && FETCHERS.get(programName(module))?.(rest) === true;
}

/** The words of a text as any shell, or `env -S`, might tell them apart. */
const shellWords = (text: string): string[] =>
  text
    .replace(/^(?:-[A-Za-z0-9]*S|--split-string=)/, '')
    .split(/[\s;&|()<>{}`'"$]+/)
    .filter(Boolean);
