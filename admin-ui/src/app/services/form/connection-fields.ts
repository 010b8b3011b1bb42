import type { Service, ServiceDraft } from '@gatehouse/api-client';
import type { FormValues } from './form-values';
import { wordsOf } from './words';

/** What the form holds of pool, sharing, addresses and certificates. */
export type ConnectionValues = Pick<
  FormValues,
  | 'poolMin'
  | 'poolMax'
  | 'sharing'
  | 'userCredentials'
  | 'allowedCallers'
  | 'allowedAddresses'
  | 'tlsCa'
  | 'tlsCert'
  | 'tlsKey'
>;

type Settings = Pick<
  NonNullable<ServiceDraft['config']>,
  'pool' | 'sharing' | 'userCredentials' | 'allowedCallers' | 'allowedAddresses' | 'tls'
>;

/** What the form sends of them: nothing of what is as it is without settings. */
export function connectionSettings(values: FormValues): Settings {
  const local = values.type === 'stdio';
  const names = wordsOf(values.userCredentials);
  const callers = linesOf(values.allowedCallers);
  const addresses = local ? [] : linesOf(values.allowedAddresses);
  const tls = local ? {} : filled({ ca: values.tlsCa, cert: values.tlsCert, key: values.tlsKey });
  return {
    ...poolOf(values),
    ...(values.sharing === 'per-user' && { sharing: 'per-user', ...(names.length > 0 && { userCredentials: names }) }),
    ...(callers.length > 0 && { allowedCallers: callers }),
    ...(addresses.length > 0 && { allowedAddresses: addresses }),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

/** The same, as a stored service has them. */
export function connectionValues({ config, auth }: Pick<Service, 'config' | 'auth'>): ConnectionValues {
  const key = auth?.credentials.find(({ target }) => target === 'tls')?.value;
  return {
    poolMin: config?.pool ? String(config.pool.min) : '',
    poolMax: config?.pool ? String(config.pool.max) : '',
    sharing: config?.sharing ?? 'shared',
    userCredentials: (config?.userCredentials ?? []).join(', '),
    allowedCallers: (config?.allowedCallers ?? []).join('\n'),
    allowedAddresses: (config?.allowedAddresses ?? []).join('\n'),
    tlsCa: config?.tls?.ca ?? '',
    tlsCert: config?.tls?.cert ?? '',
    tlsKey: key ?? '',
  };
}

/** What is wrong with them, as far as it can be seen here. */
export function connectionProblems({ poolMin, poolMax }: ConnectionValues): { poolMax?: 'pool' } {
  const [min, max] = [poolMin, poolMax].map((text) => (text.trim() ? Number(text) : undefined));
  const isCount = (count: number | undefined): boolean =>
    count === undefined || (Number.isInteger(count) && count >= 1 && count <= 16);
  return isCount(min) && isCount(max) && (min ?? 1) <= (max ?? 16) ? {} : { poolMax: 'pool' };
}

function poolOf({ poolMin, poolMax }: ConnectionValues): Pick<Settings, 'pool'> {
  if (!poolMin.trim() && !poolMax.trim()) return {};
  const min = Number(poolMin.trim() || '1');
  return { pool: { min, max: Number(poolMax.trim() || min) } };
}

const linesOf = (text: string): string[] => [...new Set(text.split(/[\s,，]+/).filter(Boolean))];

const filled = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));
