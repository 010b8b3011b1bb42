import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/**
 * Which programs local commands may be: also such as are fetched when they start; only such as are there already; of
 * those, only such as are pinned to their content.
 */
const PACKAGE_POLICIES = ['fetch', 'installed', 'pinned'] as const;
export type PackagePolicy = (typeof PACKAGE_POLICIES)[number];

const Flag = z.enum(['on', 'off', 'true', 'false', '1', '0']).transform((text) => ['on', 'true', '1'].includes(text));

const PORT_NUMBER = z.coerce.number().int().min(0).max(65535);

const schemeOf = (...schemes: string[]) =>
  z.string().refine((text) => URL.canParse(text) && schemes.includes(new URL(text).protocol), {
    message: `must be a URL that starts with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
  });

/** Every environment variable that Gatehouse reads; anything else is ignored. */
const Environment = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: PORT_NUMBER.default(8080),
  GATEHOUSE_HOST: z.string().min(1).default('127.0.0.1'),
  GATEHOUSE_PUBLIC_URL: schemeOf('http:', 'https:').optional(),
  /** Another origin than ours, for the pages of MCP Apps alone. */
  GATEHOUSE_APPS_URL: schemeOf('http:', 'https:').optional(),
  /** Where that origin is served; `off` shows no apps. */
  GATEHOUSE_APPS_PORT: z.union([z.literal('off'), PORT_NUMBER]).optional(),
  GATEHOUSE_DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: schemeOf('mysql:', 'mariadb:').optional(),
  REDIS_URL: schemeOf('redis:', 'rediss:').optional(),
  GATEHOUSE_KEY_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS).default('info'),
  GATEHOUSE_OWNER_EMAIL: z.email().optional(),
  GATEHOUSE_OWNER_PASSWORD: z.string().min(12, 'needs at least 12 characters').max(256).optional(),
  GATEHOUSE_CONFIG: z.string().min(1).optional(),
  /** Comma-separated CIDRs, addresses, or the words `loopback` and `private`, that outbound requests may reach. */
  GATEHOUSE_EGRESS_ALLOW: z.string().optional(),
  /** How services of type stdio may run. */
  GATEHOUSE_STDIO: z.enum(['sandbox', 'unsandboxed', 'off']).optional(),
  /** Which programs services of type stdio may be. */
  GATEHOUSE_STDIO_PACKAGES: z.enum(PACKAGE_POLICIES).optional(),
  /** How many local commands run at once. */
  GATEHOUSE_STDIO_MOST: z.coerce.number().int().min(1).max(10_000).default(100),
  GATEHOUSE_DEMO: Flag.optional(),
  /** Comma-separated addresses of reverse proxies whose X-Forwarded-* headers are believed. */
  GATEHOUSE_TRUSTED_PROXIES: z.string().optional(),
  /** Whether clients of revision 2024-11-05 may come by HTTP+SSE, at /sse. */
  GATEHOUSE_MCP_SSE: Flag.default(false),
  /** Whether clients may come by WebSocket, at /mcp/ws. */
  GATEHOUSE_MCP_WEBSOCKET: Flag.default(false),
  /** How many tool calls one person may make in a minute; 0 for any number. */
  GATEHOUSE_CALLS_PER_MINUTE: z.coerce.number().int().min(0).default(600),
  /** How long calls and administrative changes are kept, days; unset: for ever. */
  GATEHOUSE_AUDIT_DAYS: z.coerce.number().int().min(1).max(36_500).optional(),
  /** Where the record's signed checkpoints are appended. */
  GATEHOUSE_AUDIT_CHECKPOINTS: z.string().min(1).optional(),
});

/** Where MCP Apps get an origin of their own. */
export interface AppsConfig {
  /** As browsers reach it, without a trailing slash; undefined: derived from the bound address. */
  url: string | undefined;
  port: number;
  /** Nobody asked for it: when the port is taken, the product starts without. */
  optional: boolean;
}

/** The settings of this process, checked once at start and never changed. */
export interface Config {
  production: boolean;
  port: number;
  host: string;
  /** Origin under which browsers and MCP clients reach us, without a trailing slash; undefined: derived from the bound address. */
  publicUrl: string | undefined;
  /** Undefined: apps are not shown. */
  apps: AppsConfig | undefined;
  dataDir: string;
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  keyFile: string;
  logLevel: (typeof LOG_LEVELS)[number];
  owner: { email: string; password: string } | undefined;
  declarationFile: string | undefined;
  egressAllow: readonly string[];
  stdio: 'sandbox' | 'unsandboxed' | 'off';
  stdioPackages: PackagePolicy;
  /** How many local commands run at once. */
  stdioMost: number;
  demo: boolean;
  trustedProxies: readonly string[];
  /** The door for clients of 2024-11-05. */
  mcpSse: boolean;
  mcpWebSocket: boolean;
  /** Per person; 0 for any number. */
  callsPerMinute: number;
  /** How long the record is kept; undefined: for ever. */
  auditDays: number | undefined;
  /** Signed checkpoints of the record, JSON lines. */
  checkpointFile: string;
}

/** Something in the environment is wrong; `problems` names all of it, one sentence each. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Gatehouse cannot start with this configuration:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

/** @throws {ConfigError} naming everything that is wrong at once */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  }
  const env = parsed.data;
  const production = env.NODE_ENV === 'production';
  const problems = contradictions(env, production);
  if (problems.length > 0) throw new ConfigError(problems);
  const dataDir = resolve(env.GATEHOUSE_DATA_DIR);
  return {
    production,
    port: env.PORT,
    host: env.GATEHOUSE_HOST,
    publicUrl: env.GATEHOUSE_PUBLIC_URL && new URL(env.GATEHOUSE_PUBLIC_URL).origin,
    apps: appsConfig(env, production),
    dataDir,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    keyFile: resolve(env.GATEHOUSE_KEY_FILE ?? `${dataDir}/keys/root.json`),
    logLevel: env.LOG_LEVEL,
    owner:
      env.GATEHOUSE_OWNER_EMAIL && env.GATEHOUSE_OWNER_PASSWORD
        ? { email: env.GATEHOUSE_OWNER_EMAIL, password: env.GATEHOUSE_OWNER_PASSWORD }
        : undefined,
    declarationFile: env.GATEHOUSE_CONFIG && resolve(env.GATEHOUSE_CONFIG),
    egressAllow: words(env.GATEHOUSE_EGRESS_ALLOW ?? (production ? '' : 'loopback')),
    stdio: env.GATEHOUSE_STDIO ?? (production ? 'sandbox' : 'unsandboxed'),
    stdioPackages: env.GATEHOUSE_STDIO_PACKAGES ?? (production ? 'installed' : 'fetch'),
    stdioMost: env.GATEHOUSE_STDIO_MOST,
    demo: env.GATEHOUSE_DEMO ?? !production,
    trustedProxies: words(env.GATEHOUSE_TRUSTED_PROXIES ?? ''),
    mcpSse: env.GATEHOUSE_MCP_SSE,
    mcpWebSocket: env.GATEHOUSE_MCP_WEBSOCKET,
    callsPerMinute: env.GATEHOUSE_CALLS_PER_MINUTE,
    auditDays: env.GATEHOUSE_AUDIT_DAYS,
    checkpointFile: resolve(env.GATEHOUSE_AUDIT_CHECKPOINTS ?? `${dataDir}/audit/checkpoints.jsonl`),
  };
}

/** Settings that are each fine and wrong together. */
function contradictions(env: z.infer<typeof Environment>, production: boolean): string[] {
  const problems: string[] = [];
  if (Boolean(env.GATEHOUSE_OWNER_EMAIL) !== Boolean(env.GATEHOUSE_OWNER_PASSWORD)) {
    problems.push('GATEHOUSE_OWNER_EMAIL and GATEHOUSE_OWNER_PASSWORD belong together: set both or neither');
  }
  if (production && !env.DATABASE_URL && !isLoopback(env.GATEHOUSE_HOST) && !env.GATEHOUSE_PUBLIC_URL) {
    problems.push('GATEHOUSE_PUBLIC_URL: needed in production when the server listens on more than loopback');
  }
  problems.push(...appsContradictions(env, production));
  for (const word of words(env.GATEHOUSE_EGRESS_ALLOW ?? '')) {
    const [address = '', bits] = word.split('/');
    if (
      !['loopback', 'private'].includes(word) &&
      (isIP(address) === 0 || (bits !== undefined && !/^\d{1,3}$/.test(bits)))
    ) {
      problems.push(`GATEHOUSE_EGRESS_ALLOW: "${word}" is neither an address, a CIDR, "loopback" nor "private"`);
    }
  }
  return problems;
}

/** Without being asked, only where nobody but this machine can come: there the address is known by itself. */
function appsConfig(env: z.infer<typeof Environment>, production: boolean): AppsConfig | undefined {
  const { GATEHOUSE_APPS_URL: url, GATEHOUSE_APPS_PORT: port, PORT } = env;
  const asked = url !== undefined || port !== undefined;
  if (port === 'off' || (!asked && (production || !isLoopback(env.GATEHOUSE_HOST)))) return undefined;
  const next = PORT === 0 || PORT === 65535 ? 0 : PORT + 1;
  return { url: url && new URL(url).origin, port: port ?? next, optional: !asked };
}

function appsContradictions(env: z.infer<typeof Environment>, production: boolean): string[] {
  const { GATEHOUSE_APPS_URL: url, GATEHOUSE_APPS_PORT: port, GATEHOUSE_PUBLIC_URL: publicUrl } = env;
  const problems: string[] = [];
  if (!url) {
    if (production && port !== undefined && port !== 'off')
      problems.push('GATEHOUSE_APPS_URL: needed in production when GATEHOUSE_APPS_PORT is set');
    return problems;
  }
  const [apps, own] = [new URL(url), publicUrl ? new URL(publicUrl) : undefined];
  if (own?.protocol === 'https:' && apps.protocol === 'http:')
    problems.push('GATEHOUSE_APPS_URL: must be https, because browsers show no http frame in an https page');
  if (own && own.hostname === apps.hostname && !(isLoopback(own.hostname) && own.port !== apps.port))
    problems.push('GATEHOUSE_APPS_URL: needs a host name of its own, because cookies do not tell ports apart');
  return problems;
}

const words = (list: string): string[] =>
  list
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);

/** Whether nobody but this machine can reach `host`. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host.startsWith('127.') || host === '[::1]';
