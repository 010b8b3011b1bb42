import { runsUnpinnedImage } from './container-image.js';

/** Whether a program, started with these arguments, fetches what it then runs. */
type Judge = (args: readonly string[]) => boolean;

const always: Judge = () => true;

/** Wherever the word stands: options before it may take values, and which do changes from version to version. */
const withAny =
  (...verbs: string[]): Judge =>
  (args) =>
    args.some((word) => verbs.includes(word));

const INSTALLING = ['install', 'i', 'ci', 'add', 'update', 'up', 'upgrade'];

const npm = withAny('exec', 'exe', 'x', 'init', 'innit', 'create', ...INSTALLING);
const pnpm = withAny('dlx', 'create', ...INSTALLING);
const yarn = withAny('dlx', 'create', ...INSTALLING);
const bun = withAny('x', 'create', ...INSTALLING);
const pip = withAny('install', 'download');

/** `uv run` brings a project up to date first, unless it is told not to, and `--with` adds to it. */
function uv(args: readonly string[]): boolean {
  if (withAny('tool', 'x', 'sync', 'add', 'pip')(args)) return true;
  const at = args.indexOf('run');
  if (at === -1) return false;
  const isStill = (word: string): boolean => word === '--no-sync' || word === '--offline';
  return args.some((word) => word.startsWith('--with')) || !optionsAround(args, at).some(isStill);
}

/** What surely belongs to the verb and not to the program that it runs. */
function optionsAround(args: readonly string[], verb: number): readonly string[] {
  const after = args.slice(verb + 1);
  const end = after.findIndex((word) => !word.startsWith('-'));
  return [...args.slice(0, verb), ...(end === -1 ? after : after.slice(0, end))];
}

/** Options of deno whose value is a word of its own. */
const DENO_VALUED =
  /^(?:-c|-L|--(?:config|import-map|cert|lock|preload|import|require|ext|location|seed|log-level|v8-flags|env-file))$/;

/** A module from elsewhere stands where the script stands, or among the options before it. */
function deno(args: readonly string[]): boolean {
  if (args.some((word) => /^(?:npm|jsr):/i.test(word)) || withAny('x', 'install', 'add')(args)) return true;
  const words = args.filter((word) => word !== 'run' && word !== 'serve');
  const script = words.findIndex((word, at) => !word.startsWith('-') && !DENO_VALUED.test(words[at - 1] ?? ''));
  return words.slice(0, script + 1).some((word) => /(?:^|=)https?:/i.test(word));
}

/** By what `programName` calls them. */
export const FETCHERS: ReadonlyMap<string, Judge> = new Map<string, Judge>([
  ['npx', always],
  ['npm', npm],
  ['pnpx', always],
  ['pnx', always],
  ['pnpm', pnpm],
  ['yarn', yarn],
  ['yarnpkg', yarn],
  ['bunx', always],
  ['bun', bun],
  ['uvx', always],
  ['uv', uv],
  ['pipx', withAny('run', 'install', 'upgrade')],
  ['pip', pip],
  ['deno', deno],
  ['dx', always],
  ['docker', runsUnpinnedImage],
  ['podman', runsUnpinnedImage],
  ['nerdctl', runsUnpinnedImage],
  ['docker-compose', withAny('up', 'run', 'create')],
  ['podman-compose', withAny('up', 'run', 'create')],
  ['dnx', always],
  ['dotnet', withAny('dnx', 'tool')],
  ['go', (args) => args[0] === 'install' || (args[0] === 'run' && args.some((word) => word.includes('@')))],
  ['nix', withAny('run', 'shell', 'develop')],
  ['nix-shell', always],
  ['gem', withAny('exec', 'install')],
  ['jbang', always],
  ['curl', always],
  ['wget', always],
]);
