import type { Limit, LimitChange, LimitDraft } from '@gatehouse/api-client';

export const LIMIT_NAMES = ['ratePerMinute', 'concurrency', 'queue', 'dailyQuota'] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];
export type LimitKind = Limit['subject']['kind'];

export const LIMIT_KINDS: readonly LimitKind[] = ['everyone', 'group', 'user', 'key', 'service', 'tool'];

/** The least and the most of each number; 0 of a rate or a quota means any number. */
export const BOUNDS: Readonly<Record<LimitName, { min: number; max: number }>> = {
  ratePerMinute: { min: 0, max: 1_000_000 },
  concurrency: { min: 1, max: 1_000 },
  queue: { min: 0, max: 10_000 },
  dailyQuota: { min: 0, max: 1_000_000_000 },
};

/** Null: inherited. */
export type LimitNumbers = Record<LimitName, number | null>;

export interface LimitForm {
  kind: LimitKind;
  groupId: string;
  /** E-mail address of the user, or of whose key it is. */
  email: string;
  keyId: string;
  serviceId: string;
  tool: string;
  numbers: LimitNumbers;
}

export const EMPTY_LIMIT: LimitForm = {
  kind: 'everyone',
  groupId: '',
  email: '',
  keyId: '',
  serviceId: '',
  tool: '',
  numbers: { ratePerMinute: null, concurrency: null, queue: null, dailyQuota: null },
};

export const numbersOf = ({ ratePerMinute, concurrency, queue, dailyQuota }: Limit): LimitNumbers => ({
  ratePerMinute,
  concurrency,
  queue,
  dailyQuota,
});

/** Whether the numbers say something, and each something that may be said. */
export const areNumbersFit = (numbers: LimitNumbers): boolean =>
  LIMIT_NAMES.some((name) => numbers[name] !== null) &&
  LIMIT_NAMES.every((name) => {
    const value = numbers[name];
    return value === null || (Number.isInteger(value) && value >= BOUNDS[name].min && value <= BOUNDS[name].max);
  });

/** Whether it is said for whom or what. */
export function hasSubject({ kind, groupId, email, keyId, serviceId, tool }: LimitForm): boolean {
  switch (kind) {
    case 'everyone':
      return true;
    case 'group':
      return groupId !== '';
    case 'user':
      return email !== '';
    case 'key':
      return keyId !== '';
    case 'service':
      return serviceId !== '';
    case 'tool':
      return serviceId !== '' && tool.trim() !== '';
  }
}

/** @param userId of the person with the e-mail address, for a rule about them */
export function draftOf(form: LimitForm, userId?: string): LimitDraft {
  const { kind, groupId, keyId, serviceId, tool, numbers } = form;
  const ids = { everyone: undefined, group: groupId, user: userId, key: keyId, service: serviceId, tool: serviceId };
  const id = ids[kind];
  return {
    subject: { kind, ...(id !== undefined && { id }), ...(kind === 'tool' && { tool: tool.trim() }) },
    ...numbers,
  };
}

/** All numbers, because an emptied one is to be inherited again. */
export const changeOf = (numbers: LimitNumbers, { version }: Limit): LimitChange => ({ ...numbers, version });
