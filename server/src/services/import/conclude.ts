import type { CredentialTarget, ServiceType } from '../definition.js';
import { liftSecrets } from '../draft/credentials.js';
import { envProblem, headerProblem } from '../draft/field-names.js';
import { isSecretName, isSecretValue } from '../draft/secret-names.js';
import { isLine } from '../dto-rules.js';
import type { ServiceDraft } from '../service.dto.js';
import { nameOfCommand, nameOfUrl } from './names.js';
import { placeholderIn } from './placeholders.js';
import { isError, problem, type Problem } from './problems.js';
import type { Located, LocatedSetting, Sighting } from './sighting.js';

/** What was understood of one service. */
export interface Conclusion {
  readonly name: string;
  /** Null when there is nothing to connect to. Holds secrets as they were written. */
  readonly draft: ServiceDraft | null;
  readonly secrets: readonly { readonly target: CredentialTarget; readonly name: string }[];
  readonly problems: readonly Problem[];
}

/** Makes a draft of what was read. A service with values still to be filled in is switched off. */
export function conclude(entry: Sighting): Conclusion {
  const { type, problems: typeProblems } = typeOf(entry);
  const name = nameOf(entry);
  const open = placeholders(entry);
  const problems = [...entry.problems, ...typeProblems, ...open, ...refusedSettings(entry), ...visibleSecrets(entry)];
  if (type === undefined) return { name, draft: null, secrets: [], problems };
  const isLocal = type === 'stdio';
  const target = isLocal ? 'env' : 'header';
  const kept = (isLocal ? entry.env : entry.headers).filter((each) => !isRefused(target, each));
  const { plain, secrets } = liftSecrets(target, Object.fromEntries(kept.map((each) => [each.name, each.value])));
  const draft: ServiceDraft = {
    name,
    type,
    ...(entry.description !== undefined && { description: { en: entry.description.slice(0, 2_000) } }),
    ...(entry.url && !isLocal && { url: entry.url.value }),
    config: {
      ...(isLocal && entry.command && { command: entry.command.value }),
      ...(isLocal && entry.args.length > 0 && { args: entry.args.map(({ value }) => value) }),
      ...(isLocal && entry.cwd && { cwd: entry.cwd.value }),
      ...(Object.keys(plain).length > 0 && { [isLocal ? 'env' : 'headers']: plain }),
    },
    auth: { credentials: secrets },
    enabled: (entry.enabled ?? true) && open.length === 0,
  };
  return {
    name,
    draft,
    secrets: secrets.map(({ target: where, name: which }) => ({ target: where, name: which })),
    problems,
  };
}

const TYPES: Readonly<Record<string, ServiceType>> = {
  stdio: 'stdio',
  local: 'stdio',
  http: 'http',
  https: 'http',
  sse: 'http',
  remote: 'http',
  streamable: 'http',
  streamablehttp: 'http',
  httpstream: 'http',
  ws: 'websocket',
  wss: 'websocket',
  websocket: 'websocket',
};

interface Typed {
  readonly type: ServiceType | undefined;
  readonly problems: readonly Problem[];
}

/** The type follows from what is there; one that is written beside it must agree. */
function typeOf({ type, command, url, offset, problems }: Sighting): Typed {
  if (command && url) return { type: undefined, problems: [problem('two_targets', url.offset)] };
  if (!command && !url)
    return { type: undefined, problems: problems.some(isError) ? [] : [problem('no_target', offset)] };
  const found = url ? typeOfUrl(url) : { type: 'stdio' as const, problems: [] };
  if (!type) return found;
  const written = TYPES[type.value.toLowerCase().replace(/[^a-z]/g, '')];
  if (written === undefined)
    return { ...found, problems: [problem('type_unknown', type.offset, { value: type.value })] };
  if (found.type === undefined || written === found.type) return found;
  return { ...found, problems: [...found.problems, problem('type_mismatch', type.offset, { type: type.value })] };
}

const SCHEMES: Readonly<Record<string, ServiceType>> = {
  'http:': 'http',
  'https:': 'http',
  'ws:': 'websocket',
  'wss:': 'websocket',
};

function typeOfUrl({ value, offset }: Located): Typed {
  if (!URL.canParse(value)) return { type: undefined, problems: [problem('url_invalid', offset)] };
  const { protocol, username, password } = new URL(value);
  const type = SCHEMES[protocol];
  if (type === undefined) return { type, problems: [problem('url_scheme', offset)] };
  return { type, problems: username || password ? [problem('url_credentials', offset)] : [] };
}

function nameOf({ name, command, args, url }: Sighting): string {
  const wanted =
    name ||
    (url
      ? nameOfUrl(url.value)
      : command
        ? nameOfCommand(
            command.value,
            args.map(({ value }) => value),
          )
        : '');
  const line = wanted
    .replace(/[^\P{C}]/gu, ' ')
    .trim()
    .slice(0, 120)
    .trim();
  return isLine(line, 120) ? line : 'service';
}

const placeholders = ({ command, args, cwd, env, url, headers }: Sighting): Problem[] =>
  [command, cwd, url, ...args, ...env, ...headers].flatMap((each) => {
    const placeholder = each && placeholderIn(each.value);
    return placeholder === undefined ? [] : [problem('placeholder', each?.offset ?? 0, { placeholder })];
  });

const isRefused = (target: CredentialTarget, { name, value }: LocatedSetting): boolean =>
  (target === 'env' ? envProblem(name) : headerProblem(name, value)) !== undefined;

function refusedSettings({ command, env, headers }: Sighting): Problem[] {
  const left = command
    ? [...env.filter((each) => isRefused('env', each)), ...headers]
    : [...headers.filter((each) => isRefused('header', each)), ...env];
  return left.map(({ name, offset }) => problem('setting_refused', offset, { name }));
}

/** Secrets where settings do not hide them: in arguments and in URLs. */
function visibleSecrets({ args, url }: Sighting): Problem[] {
  const inArguments = args.filter(({ value }, index) => isSecretArgument(value, args[index - 1]?.value ?? ''));
  const inUrl =
    url &&
    URL.canParse(url.value) &&
    [...new URL(url.value).searchParams].some(([name, value]) => isSecretName(name) || isSecretValue(value));
  return [
    ...inArguments.map(({ offset }) => problem('secret_in_argument', offset)),
    ...(inUrl ? [problem('secret_in_url', url.offset)] : []),
  ];
}

/** `--api-key=…`, `--api-key …`, `NAME_TOKEN=…`, or a value that gives itself away. */
function isSecretArgument(value: string, before: string): boolean {
  const equals = value.indexOf('=');
  if (equals > 0)
    return (
      (isSecretName(value.slice(0, equals)) || isSecretValue(value.slice(equals + 1))) && equals < value.length - 1
    );
  if (value.startsWith('-')) return false;
  return isSecretValue(value) || (/^--?[a-z]/i.test(before) && !before.includes('=') && isSecretName(before));
}
