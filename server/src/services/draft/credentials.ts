import { AppError, type FieldProblem } from '../../platform/index.js';
import type { Credential, CredentialTarget } from '../definition.js';
import { say } from '../say.js';
import { looksSecret } from './secret-names.js';

/** Stands for a stored secret wherever one would be shown. */
export const MASK = '••••';

export const masked = (credentials: readonly Credential[]): Credential[] =>
  credentials.map(({ target, name }) => ({ target, name, value: MASK }));

/** Where a credential goes; names of headers do not care about case, names of variables do. */
export const slotOf = ({ target, name }: Pick<Credential, 'target' | 'name'>): string =>
  `${target}:${target === 'header' ? name.toLowerCase() : name}`;

/**
 * Later credentials replace earlier ones of the same slot. Plain objects, whatever class came in, so that they
 * compare.
 */
export const mergeCredentials = (...lists: readonly (readonly Credential[])[]): Credential[] => [
  ...new Map(lists.flat().map((each) => [slotOf(each), { ...each }])).values(),
];

/** Takes what looks secret out of plain settings, so that it ends in the vault whichever way it came. */
export function liftSecrets(
  target: CredentialTarget,
  settings: Readonly<Record<string, string>>,
): { plain: Record<string, string>; secrets: Credential[] } {
  const entries = Object.entries(settings);
  const isSecret = ([name, value]: [string, string]): boolean => value === MASK || looksSecret(name, value);
  return {
    plain: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    secrets: entries.filter(isSecret).map(([name, value]) => ({ target, name, value })),
  };
}

/** Those of `settings` that no credential overrides. */
export function withoutCredentials(
  target: CredentialTarget,
  settings: Readonly<Record<string, string>>,
  credentials: readonly Credential[],
): Record<string, string> {
  const slots = new Set(credentials.map(slotOf));
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !slots.has(slotOf({ target, name }))));
}

/**
 * Puts stored values where the draft has the mask.
 *
 * @param stored the credentials that the mask may stand for; empty when they may not be reused
 * @throws {AppError} `validation_failed` where nothing is stored under that name
 */
export function unmask(given: readonly Credential[], stored: readonly Credential[]): Credential[] {
  const bySlot = new Map(stored.map((each) => [slotOf(each), each]));
  const problems: FieldProblem[] = [];
  const result = given.map((each, index) => {
    const kept = each.value === MASK ? bySlot.get(slotOf(each)) : each;
    if (!kept) problems.push({ path: `auth.credentials.${index}.value`, message: nothingStored(each.name) });
    return kept ?? each;
  });
  if (problems.length > 0) throw new AppError('validation_failed', { fields: problems });
  return result;
}

const nothingStored = (name: string): string =>
  say(
    `${name} must be entered: nothing is stored under this name for this address`,
    `需要填写 ${name}：该地址下没有以此名称保存的值`,
  );
