import { createHash } from 'node:crypto';
import type { Credential, ServiceDefinition } from '../definition.js';
import { withoutCredentials } from '../draft/credentials.js';

type Reached = Pick<ServiceDefinition, 'type' | 'url' | 'config'>;

/** Whether everybody uses the service with an account of their own. */
export const isPerUser = ({ config }: Pick<ServiceDefinition, 'config'>): boolean => config.sharing === 'per-user';

/** What a person has to enter: names of headers, or of variables of the environment. */
export const namesOf = ({ type, config }: Reached): readonly string[] =>
  config.userCredentials ?? (type === 'stdio' ? [] : ['Authorization']);

/**
 * Where a person's credentials go, as a hash. Whoever may edit a service could otherwise have everybody's sent to an
 * address, or given to a program, of their own.
 */
export function placeOf({ type, url, config }: Reached): string {
  const origin = url !== null && URL.canParse(url) ? new URL(url).origin : url;
  const target = type === 'stdio' ? [config.command, config.args ?? [], config.cwd, config.env ?? {}] : [origin];
  return createHash('sha256')
    .update(JSON.stringify([type, target]))
    .digest('hex');
}

/** The service as one person reaches it: with their credentials, and with none of the service's own but its key. */
export function asUsedBy(service: ServiceDefinition, own: readonly Credential[]): ServiceDefinition {
  const { config } = service;
  return {
    ...service,
    config: {
      ...config,
      ...(config.headers && { headers: withoutCredentials('header', config.headers, own) }),
      ...(config.env && { env: withoutCredentials('env', config.env, own) }),
    },
    // What shows who Gatehouse is stays: without it nobody is let in.
    credentials: [...service.credentials.filter(({ target }) => target === 'tls'), ...own],
    credentialsReadable: true,
  };
}
