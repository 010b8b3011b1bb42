import type { Limit } from '@gatehouse/api-client';
import { EMPTY_LIMIT, areNumbersFit, changeOf, draftOf, hasSubject } from './limit-form';

const numbers = (change: Partial<typeof EMPTY_LIMIT.numbers>) => ({ ...EMPTY_LIMIT.numbers, ...change });

describe('the numbers of a rule', () => {
  it.each<[string, Partial<typeof EMPTY_LIMIT.numbers>, boolean]>([
    ['nothing', {}, false],
    ['any number of calls', { ratePerMinute: 0 }, true],
    ['no line', { queue: 0 }, true],
    ['no place', { concurrency: 0 }, false],
    ['one place', { concurrency: 1 }, true],
    ['a thousand places', { concurrency: 1_000 }, true],
    ['one place too many', { concurrency: 1_001 }, false],
    ['half a call', { dailyQuota: 0.5 }, false],
  ])('may be %s: %s', (_, change, fit) => expect(areNumbersFit(numbers(change))).toBe(fit));
});

describe('a rule to be made', () => {
  it('is complete once it is said for whom', () => {
    expect(hasSubject(EMPTY_LIMIT)).toBe(true);
    expect(hasSubject({ ...EMPTY_LIMIT, kind: 'tool', serviceId: 's' })).toBe(false);
    expect(hasSubject({ ...EMPTY_LIMIT, kind: 'tool', serviceId: 's', tool: 'echo' })).toBe(true);
    expect(hasSubject({ ...EMPTY_LIMIT, kind: 'user' })).toBe(false);
  });

  it('names nobody but whom it is for', () => {
    const form = { ...EMPTY_LIMIT, groupId: 'g', keyId: 'k', serviceId: 's', tool: ' echo ', email: 'a@b.c' };
    expect(draftOf(form).subject).toEqual({ kind: 'everyone' });
    expect(draftOf({ ...form, kind: 'group' }).subject).toEqual({ kind: 'group', id: 'g' });
    expect(draftOf({ ...form, kind: 'user' }, 'u').subject).toEqual({ kind: 'user', id: 'u' });
    expect(draftOf({ ...form, kind: 'tool' }).subject).toEqual({ kind: 'tool', id: 's', tool: 'echo' });
  });
});

it('a changed rule says of an emptied number that it is inherited', () => {
  expect(changeOf(numbers({ queue: 3 }), { version: 4 } as Limit)).toEqual({
    ratePerMinute: null,
    concurrency: null,
    queue: 3,
    dailyQuota: null,
    version: 4,
  });
});
