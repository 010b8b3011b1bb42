/** A readable name for a service that came without one. Falls back to what it was made from. */

/** `https://mcp.deepwiki.com/sse` → `deepwiki`; `http://localhost:3001/mcp` → `localhost-3001`. */
export function nameOfUrl(text: string): string {
  if (!URL.canParse(text)) return text;
  const { hostname, port } = new URL(text);
  if (hostname === 'localhost' || /^[\d.]+$|^\[/.test(hostname)) return port ? `${hostname}-${port}` : hostname;
  const labels = hostname.split('.').filter((label) => !['www', 'mcp', 'api'].includes(label));
  return labels.at(-2) ?? labels.at(-1) ?? hostname;
}

/** Options that take the next word with them, of the launchers below. */
const TAKES_VALUE =
  /^(-p|--package|--from|--with|--python|-e|--env|--env-file|-v|--volume|--mount|--name|--network|-u|--user|-w|--workdir|--directory|--project|-m|-c|--add-host|--entrypoint|--platform|--registry)$/;
/** Words between a launcher and what it launches. */
const VERBS = new Set(['run', 'exec', 'dlx', 'tool', 'x', 'start', 'create']);
const LAUNCHERS = new Set(
  'npx npm pnpm pnpx yarn bunx bun uvx uv pipx docker podman node deno python python3 java dotnet go'.split(' '),
);
/** Options by which launchers say what to launch; of containers they publish ports. */
const NAMING_OPTIONS = new Set(['-m', '--package', '-p', '--from']);

/** The file name of a program, without folder and extension of Windows. */
export const programOf = (command: string): string =>
  (command.split(/[\\/]/).at(-1) ?? command).replace(/\.(exe|cmd|bat)$/i, '').toLowerCase();

export const isLauncher = (command: string): boolean => LAUNCHERS.has(programOf(command));

/** `npx -y @modelcontextprotocol/server-memory` → `memory`; `docker run -i mcp/github:1` → `github`. */
export function nameOfCommand(command: string, args: readonly string[]): string {
  const target = isLauncher(command) ? (targetOf(programOf(command), args) ?? command) : command;
  return shortName(target) || programOf(command);
}

function targetOf(program: string, args: readonly string[]): string | undefined {
  const isContainer = program === 'docker' || program === 'podman';
  const chosen = isContainer ? -1 : args.findIndex((arg) => NAMING_OPTIONS.has(arg));
  if (chosen >= 0) return args[chosen + 1];
  const words = args.filter((arg, index) => !arg.startsWith('-') && !TAKES_VALUE.test(args[index - 1] ?? ''));
  return words.find((word) => !VERBS.has(word));
}

/** Folders and files that say nothing about whose they are. */
const MUTE_FOLDERS = new Set(['', '.', 'dist', 'build', 'src', 'bin']);
const MUTE_FILES = new Set(['index', 'main', 'server', 'mcp', 'cli', 'app']);

/** What stays of a package, an image or a path when the ceremony around it is gone. */
function shortName(target: string): string {
  const parts = target
    .replace(/(?<=.)@[^/]*$/, '')
    .split(/[\\/]/)
    .filter((part) => !MUTE_FOLDERS.has(part));
  const last = (parts.at(-1) ?? '').replace(/:[\w.-]+$/, '').replace(/\.(m?[jt]s|py|jar|exe)$/, '');
  const speaking = MUTE_FILES.has(last) ? (parts.at(-2) ?? last) : last;
  const short = speaking
    .replace(/^@/, '')
    .replace(/^(mcp[-_]server|server|mcp)[-_]/, '')
    .replace(/[-_](mcp[-_]server|server|mcp)$/, '');
  return short || speaking;
}
