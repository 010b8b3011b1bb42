import type { ServiceType } from '@gatehouse/api-client';

/** How the server writes a stored secret; sending it back keeps what is stored. */
export const KEPT_SECRET = '••••';

/** A header or an environment variable. */
export interface PairRow {
  name: string;
  value: string;
  /** Whether the value goes to the vault and is never shown again. */
  secret: boolean;
}

export type Audience = 'me' | 'everyone' | 'groups';

/** What the controls of the service form hold: texts as typed. */
export interface FormValues {
  type: ServiceType;
  name: string;
  slug: string;
  nameZh: string;
  nameEn: string;
  descriptionZh: string;
  descriptionEn: string;
  category: string;
  tags: string[];
  url: string;
  command: string;
  /** One argument per line. */
  args: string;
  cwd: string;
  timeoutSeconds: string;
  connect: 'on-demand' | 'at-start';
  /** How long contents of resources are kept; empty for not at all. */
  resourceSeconds: string;
  resourceScope: 'principal' | 'shared';
  /** Whether new and changed tools wait for somebody; suspicious ones do in either case. */
  toolChanges: 'follow' | 'hold';
  poolMin: string;
  poolMax: string;
  sharing: 'shared' | 'per-user';
  /** What each person enters, separated by commas. */
  userCredentials: string;
  /** One address or CIDR per line. */
  allowedCallers: string;
  allowedAddresses: string;
  /** PEM. */
  tlsCa: string;
  tlsCert: string;
  tlsKey: string;
  headers: PairRow[];
  env: PairRow[];
}

export const emptyForm = (type: ServiceType = 'http'): FormValues => ({
  type,
  name: '',
  slug: '',
  nameZh: '',
  nameEn: '',
  descriptionZh: '',
  descriptionEn: '',
  category: '',
  tags: [],
  url: '',
  command: '',
  args: '',
  cwd: '',
  timeoutSeconds: '',
  connect: 'on-demand',
  resourceSeconds: '',
  resourceScope: 'principal',
  toolChanges: 'follow',
  poolMin: '',
  poolMax: '',
  sharing: 'shared',
  userCredentials: '',
  allowedCallers: '',
  allowedAddresses: '',
  tlsCa: '',
  tlsCert: '',
  tlsKey: '',
  headers: [],
  env: [],
});
