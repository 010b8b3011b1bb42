import type { DraftGrant, LocalText, Service, ServiceCredential, ServiceDraft } from '@gatehouse/api-client';
import { connectionProblems, connectionSettings, connectionValues } from './connection-fields';
import type { Audience, FormValues, PairRow } from './form-values';

/** What the form sends; fields of another type of service are left behind. */
export function toDraft(values: FormValues): ServiceDraft {
  const local = values.type === 'stdio';
  const rows = filled(local ? values.env : values.headers);
  const plain = Object.fromEntries(rows.filter((row) => !row.secret).map((row) => [row.name, row.value]));
  const credentials = rows.filter((row) => row.secret).map((row) => credential(row, local ? 'env' : 'header'));
  const timeoutMs = values.timeoutSeconds.trim() ? { timeoutMs: Number(values.timeoutSeconds) * 1000 } : {};
  const ttlSeconds = Number(values.resourceSeconds.trim() || 0);
  const resourceCache = ttlSeconds > 0 ? { resourceCache: { ttlSeconds, scope: values.resourceScope } } : {};
  const toolChanges = values.toolChanges === 'hold' ? { toolChanges: values.toolChanges } : {};
  const kept = { ...timeoutMs, ...resourceCache, ...toolChanges };
  const common = { connect: values.connect, ...kept, ...connectionSettings(values) };
  return {
    name: values.name.trim(),
    ...(values.slug.trim() ? { slug: values.slug.trim() } : {}),
    displayName: textOf(values.nameZh, values.nameEn),
    description: textOf(values.descriptionZh, values.descriptionEn),
    category: values.category.trim() || null,
    tags: values.tags,
    type: values.type,
    url: local ? null : values.url.trim(),
    config: local ? { ...common, ...commandOf(values), env: plain } : { ...common, headers: plain },
    auth: { credentials },
  };
}

/** The form that shows a stored service; its secrets appear as kept. */
export function toForm(service: Service): FormValues {
  const { config, auth } = service;
  const secrets = (target: ServiceCredential['target']) =>
    (auth?.credentials ?? [])
      .filter((one) => one.target === target)
      .map(({ name, value }) => ({ name, value, secret: true }));
  return {
    type: service.type,
    name: service.name,
    slug: service.slug,
    nameZh: service.displayName.zh ?? '',
    nameEn: service.displayName.en ?? '',
    descriptionZh: service.description.zh ?? '',
    descriptionEn: service.description.en ?? '',
    category: service.category ?? '',
    tags: service.tags,
    url: service.url ?? '',
    command: config?.command ?? '',
    args: (config?.args ?? []).join('\n'),
    cwd: config?.cwd ?? '',
    timeoutSeconds: config?.timeoutMs ? String(config.timeoutMs / 1000) : '',
    connect: config?.connect ?? 'on-demand',
    resourceSeconds: config?.resourceCache ? String(config.resourceCache.ttlSeconds) : '',
    resourceScope: config?.resourceCache?.scope ?? 'principal',
    toolChanges: config?.toolChanges ?? 'follow',
    ...connectionValues(service),
    headers: [...plainRows(config?.headers), ...secrets('header')],
    env: [...plainRows(config?.env), ...secrets('env')],
  };
}

/** Who may use a new service, as grants. */
export function toGrants(audience: Audience, userId: string, groupIds: readonly string[]): DraftGrant[] {
  const allow = (subject: DraftGrant['subject']): DraftGrant => ({ subject, effect: 'allow' });
  if (audience === 'everyone') return [allow({ kind: 'everyone' })];
  if (audience === 'me') return [allow({ kind: 'user', id: userId })];
  return groupIds.map((id) => allow({ kind: 'group', id }));
}

export type FormProblem = 'required' | 'url' | 'number' | 'seconds' | 'duplicate' | 'pool';

/** What keeps the form from being sent, by field. */
export function formProblems(values: FormValues): Partial<Record<keyof FormValues, FormProblem>> {
  const problems: Partial<Record<keyof FormValues, FormProblem>> = { ...connectionProblems(values) };
  const local = values.type === 'stdio';
  if (!values.name.trim()) problems.name = 'required';
  if (local && !values.command.trim()) problems.command = 'required';
  if (!local && !values.url.trim()) problems.url = 'required';
  else if (!local && !fitsType(values.url.trim(), values.type)) problems.url = 'url';
  if (values.timeoutSeconds.trim() && !(Number(values.timeoutSeconds) > 0)) problems.timeoutSeconds = 'number';
  if (values.resourceSeconds.trim() && !isTtl(Number(values.resourceSeconds))) problems.resourceSeconds = 'seconds';
  const rows = local ? 'env' : 'headers';
  if (hasTwins(filled(values[rows]), local)) problems[rows] = 'duplicate';
  return problems;
}

/** Fields whose values differ, to say what somebody else changed. */
export const changedFields = (before: FormValues, after: FormValues): (keyof FormValues)[] =>
  (Object.keys(before) as (keyof FormValues)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );

function fitsType(url: string, type: FormValues['type']): boolean {
  const protocols = type === 'websocket' ? ['ws:', 'wss:'] : ['http:', 'https:'];
  return URL.canParse(url) && protocols.includes(new URL(url).protocol);
}

const isTtl = (seconds: number): boolean => Number.isInteger(seconds) && seconds >= 0 && seconds <= 86_400;

/** HTTP header names do not tell case (RFC 9110 §5.1); environment variables do. */
function hasTwins(rows: PairRow[], caseMatters: boolean): boolean {
  const names = rows.map((row) => (caseMatters ? row.name : row.name.toLowerCase()));
  return new Set(names).size < names.length;
}

const filled = (rows: PairRow[]): PairRow[] =>
  rows.map((row) => ({ ...row, name: row.name.trim() })).filter((row) => row.name !== '');

const credential = ({ name, value }: PairRow, target: ServiceCredential['target']) => ({ target, name, value });

const plainRows = (pairs: Record<string, string> = {}): PairRow[] =>
  Object.entries(pairs).map(([name, value]) => ({ name, value, secret: false }));

function commandOf(values: FormValues) {
  const args = values.args.split('\n').map((line) => line.trim());
  const cwd = values.cwd.trim();
  return { command: values.command.trim(), args: args.filter(Boolean), ...(cwd ? { cwd } : {}) };
}

const textOf = (zh: string, en: string): LocalText => ({
  ...(zh.trim() ? { zh: zh.trim() } : {}),
  ...(en.trim() ? { en: en.trim() } : {}),
});
