import { isIP } from 'node:net';
import { AddressRanges, AppError, type Egress, type FieldProblem } from '../../platform/index.js';
import { RequestContext } from '../../platform/index.js';
import {
  POOL_SIZES,
  type ConnectionConfig,
  type Credential,
  type ServiceContent,
  type ServiceType,
} from '../definition.js';
import { say } from '../say.js';
import { tlsProblems } from './check-tls.js';
import { envProblem, headerProblem } from './field-names.js';

/**
 * Refuses settings that cannot work or must not be used, before anything is stored, contacted or started.
 *
 * @throws {AppError} `validation_failed` naming every problem at once
 */
export function checkContent(content: ServiceContent, egress: Pick<Egress, 'checkUrl'>, now: Date): void {
  const problems = [
    ...(content.type === 'stdio' ? commandProblems(content) : addressProblems(content, egress)),
    ...settingProblems(content.config),
    ...poolProblems(content),
    ...rangeProblems(content),
    ...tlsProblems(content, now),
    ...sharingProblems(content),
    ...content.credentials.flatMap((credential, index) => credentialProblems(credential, index, content.type)),
  ];
  if (problems.length > 0) throw new AppError('validation_failed', { fields: problems });
}

function commandProblems({ config, url }: ServiceContent): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (!config.command)
    problems.push({ path: 'config.command', message: say('is needed for stdio', 'stdio 类型必须填写') });
  if (url !== null) problems.push({ path: 'url', message: say('does not belong to stdio', '不适用于 stdio 类型') });
  if (config.headers) {
    problems.push({ path: 'config.headers', message: say('do not belong to stdio', '不适用于 stdio 类型') });
  }
  return problems;
}

const SCHEMES: Record<Exclude<ServiceType, 'stdio'>, readonly string[]> = {
  http: ['http:', 'https:'],
  websocket: ['ws:', 'wss:'],
};

function addressProblems({ type, config, url }: ServiceContent, egress: Pick<Egress, 'checkUrl'>): FieldProblem[] {
  const foreign = (['command', 'args', 'cwd', 'env', 'pin'] as const)
    .filter((key) => config[key] !== undefined)
    .map((key) => ({ path: `config.${key}`, message: say('belongs to stdio only', '仅适用于 stdio 类型') }));
  const problem = urlProblem(url, SCHEMES[type as Exclude<ServiceType, 'stdio'>], egress);
  return problem === undefined ? foreign : [{ path: 'url', message: problem }, ...foreign];
}

/** What is wrong with the address of a service, as a sentence; undefined when it may be used. */
export function urlProblem(
  url: string | null,
  schemes: readonly string[],
  egress: Pick<Egress, 'checkUrl'>,
): string | undefined {
  if (url === null || url === '') return say('is needed', '必须填写');
  if (!URL.canParse(url) || /[\s\\]/.test(url)) return say('is not a URL', '不是有效的 URL');
  const parsed = new URL(url);
  const allowed = schemes.map((scheme) => `${scheme}//`).join(say(' or ', ' 或 '));
  if (!schemes.includes(parsed.protocol)) return say(`must start with ${allowed}`, `必须以 ${allowed} 开头`);
  if (parsed.username || parsed.password) {
    return say('must not contain a user name or password: use a credential', '不能包含用户名或密码：请使用凭据');
  }
  try {
    egress.checkUrl(parsed);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const text = error.text(RequestContext.current().language);
    return `${text.message} ${text.remedy}`;
  }
}

const settingProblems = (config: ConnectionConfig): FieldProblem[] => [
  ...Object.keys(config.env ?? {}).flatMap((name) => problemAt(`config.env.${name}`, envProblem(name))),
  ...Object.entries(config.headers ?? {}).flatMap(([name, value]) =>
    problemAt(`config.headers.${name}`, headerProblem(name, value)),
  ),
];

function sharingProblems({ type, config: { sharing, userCredentials } }: ServiceContent): FieldProblem[] {
  if (sharing !== 'per-user') {
    if (!userCredentials) return [];
    const message = say('belongs to per-user only', '仅适用于按用户连接（per-user）');
    return [{ path: 'config.userCredentials', message }];
  }
  if (type === 'stdio' && !userCredentials) {
    const message = say('must name the variables that each person fills in', '必须列出每位用户需要填写的变量');
    return [{ path: 'config.userCredentials', message }];
  }
  return (userCredentials ?? []).flatMap((name, index) =>
    problemAt(`config.userCredentials.${index}`, type === 'stdio' ? envProblem(name) : headerProblem(name, '')),
  );
}

/** Of both lists of addresses; an address in the URL that is not allowed is said at once. */
function rangeProblems({ type, url, config }: ServiceContent): FieldProblem[] {
  const problems = (['allowedCallers', 'allowedAddresses'] as const).flatMap((field) =>
    (config[field] ?? []).flatMap((word, index) =>
      AddressRanges.isRange(word)
        ? []
        : [{ path: `config.${field}.${index}`, message: say('is no address and no CIDR', '不是 IP 地址或 CIDR') }],
    ),
  );
  if (!config.allowedAddresses || problems.length > 0) return problems;
  if (type === 'stdio')
    return [{ path: 'config.allowedAddresses', message: say('do not belong to stdio', '不适用于 stdio 类型') }];
  const host = url !== null && URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
  if (isIP(host) === 0 || new AddressRanges(config.allowedAddresses).contains(host)) return problems;
  return [{ path: 'config.allowedAddresses', message: say(`do not contain ${host}`, `不包含 ${host}`) }];
}

function poolProblems({ type, config: { pool } }: ServiceContent): FieldProblem[] {
  if (!pool) return [];
  const { most } = POOL_SIZES[type];
  if (pool.min > pool.max)
    return [{ path: 'config.pool.min', message: say('must not be larger than max', '不能大于 max') }];
  if (pool.max > most)
    return [
      { path: 'config.pool.max', message: say(`must be at most ${most} for ${type}`, `${type} 类型最多为 ${most}`) },
    ];
  return [];
}

function credentialProblems({ target, name, value }: Credential, index: number, type: ServiceType): FieldProblem[] {
  const path = `auth.credentials.${index}`;
  // Looked at together with its certificate.
  if (target === 'tls' && type !== 'stdio') return [];
  if (target !== (type === 'stdio' ? 'env' : 'header')) {
    const message = say(
      'must be env for stdio, and header for http and websocket',
      'stdio 类型须为 env，http 与 websocket 类型须为 header',
    );
    return [{ path: `${path}.target`, message }];
  }
  if (value === '') return [{ path: `${path}.value`, message: say('must not be empty', '不能为空') }];
  return problemAt(`${path}.name`, target === 'env' ? envProblem(name) : headerProblem(name, value));
}

const problemAt = (path: string, message: string | undefined): FieldProblem[] =>
  message === undefined ? [] : [{ path, message }];
