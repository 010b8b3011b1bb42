import { isDeepStrictEqual } from 'node:util';
import type {
  Bilingual,
  CachePolicy,
  CommandPin,
  ConnectionConfig,
  Credential,
  ServiceContent,
  ServiceDefinition,
} from '../definition.js';
import type { ServiceChange, ServiceConfigDraft, ServiceDraft, ServiceTlsDraft } from '../service.dto.js';
import { liftSecrets, masked, mergeCredentials, unmask, withoutCredentials } from './credentials.js';

/**
 * A new service as its draft describes it, with everything secret-looking moved to the credentials. Not yet checked.
 *
 * @throws {AppError} `validation_failed` for a masked credential
 */
export function contentOfDraft(draft: ServiceDraft): ServiceContent {
  return {
    name: draft.name,
    displayName: bilingual(draft.displayName),
    description: bilingual(draft.description),
    category: draft.category ?? null,
    tags: draft.tags ?? [],
    type: draft.type,
    url: draft.url ?? null,
    ...connection(draft.config ?? {}, draft.auth?.credentials ?? [], []),
    enabled: draft.enabled ?? true,
  };
}

/**
 * `current` with a change applied. Not yet checked.
 *
 * Stored secrets are only kept while they go to the same place: whoever may edit a service could otherwise have its
 * secrets sent to an address of their own.
 *
 * @throws {AppError} `validation_failed` for a credential that is to be kept and is not there
 */
export function contentOfChange(current: ServiceDefinition, change: Partial<ServiceChange>): ServiceContent {
  const type = change.type ?? current.type;
  const url = change.url !== undefined ? change.url : type === current.type ? current.url : null;
  const rest = {
    name: change.name ?? current.name,
    displayName: change.displayName ? bilingual(change.displayName) : current.displayName,
    description: change.description ? bilingual(change.description) : current.description,
    category: change.category !== undefined ? change.category : current.category,
    tags: change.tags ?? current.tags,
    enabled: change.enabled ?? current.enabled,
  };
  if (type !== current.type) {
    return { ...rest, type, url, ...connection(change.config ?? {}, change.auth?.credentials ?? [], []) };
  }
  const stored = originOf(url) === originOf(current.url) ? current.credentials : [];
  const credentials = change.auth?.credentials ?? masked(current.credentials);
  const { config, ...sealed } = connection(change.config ?? current.config, credentials, stored);
  return { ...rest, type, url, config: keepingPin(current.config, config), ...sealed };
}

/** The same service with another pin, or without one. */
export function contentOfPin(current: ServiceDefinition, pin: CommandPin | undefined): ServiceContent {
  const { config, ...rest } = contentOfChange(current, {});
  const { pin: _, ...unpinned } = config;
  return { ...rest, config: { ...unpinned, ...(pin && { pin }) } };
}

/** A pin is one of a command line: it stays with the same one, and no other inherits it. */
function keepingPin(before: ConnectionConfig, after: ConnectionConfig): ConnectionConfig {
  const { pin } = before;
  if (!pin || after.pin || !isDeepStrictEqual(lineOf(before), lineOf(after))) return after;
  return { ...after, pin };
}

const lineOf = ({ command, args = [], cwd }: ConnectionConfig): unknown => [command, args, cwd];

type Connection = Pick<ServiceContent, 'config' | 'credentials'>;

/** Settings and credentials, each secret in the vault and in one place only. */
function connection(
  draft: ServiceConfigDraft | ConnectionConfig,
  given: readonly Credential[],
  stored: readonly Credential[],
): Connection {
  const env = liftSecrets('env', draft.env ?? {});
  const headers = liftSecrets('header', draft.headers ?? {});
  const { ca, cert, key = undefined } = { ...draft.tls } as ServiceTlsDraft;
  const keys: Credential[] = key === undefined ? [] : [{ target: 'tls', name: 'key', value: key }];
  // A key goes with its certificate.
  const asked = mergeCredentials(given, env.secrets, headers.secrets).filter(({ target }) => target !== 'tls' || cert);
  const credentials = unmask(mergeCredentials(asked, keys), stored);
  const plainEnv = withoutCredentials('env', env.plain, credentials);
  const plainHeaders = withoutCredentials('header', headers.plain, credentials);
  const config: ConnectionConfig = {
    ...(draft.command !== undefined && { command: draft.command }),
    ...(draft.args && draft.args.length > 0 && { args: draft.args }),
    ...(draft.cwd !== undefined && { cwd: draft.cwd }),
    ...(Object.keys(plainEnv).length > 0 && { env: plainEnv }),
    ...(draft.pin && { pin: plainPin(draft.pin) }),
    ...(Object.keys(plainHeaders).length > 0 && { headers: plainHeaders }),
    ...(draft.timeoutMs !== undefined && { timeoutMs: draft.timeoutMs }),
    ...(draft.sharing === 'per-user' && { sharing: draft.sharing }),
    ...(draft.userCredentials && { userCredentials: [...draft.userCredentials] }),
    ...(draft.allowedCallers?.length && { allowedCallers: [...draft.allowedCallers] }),
    ...(draft.allowedAddresses?.length && { allowedAddresses: [...draft.allowedAddresses] }),
    ...((ca || cert) && { tls: { ...(ca && { ca }), ...(cert && { cert }) } }),
    ...(draft.pool && { pool: { min: draft.pool.min, max: draft.pool.max } }),
    connect: draft.connect ?? 'on-demand',
    ...(draft.resourceCache && { resourceCache: plainCache(draft.resourceCache) }),
    ...(draft.toolChanges === 'hold' && { toolChanges: draft.toolChanges }),
  };
  return { config, credentials };
}

const plainPin = ({ algorithm, digest, files, bytes }: CommandPin): CommandPin => ({ algorithm, digest, files, bytes });

const plainCache = ({ ttlSeconds, scope }: CachePolicy): CachePolicy => ({ ttlSeconds, scope });

const bilingual = (text: Bilingual | undefined): Bilingual => ({
  ...(text?.zh && { zh: text.zh }),
  ...(text?.en && { en: text.en }),
});

const originOf = (url: string | null): string | null => (url !== null && URL.canParse(url) ? new URL(url).origin : url);
