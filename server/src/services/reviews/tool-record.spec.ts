import { afterAccepting, afterHolding, afterSeeing, type SeenTool, type ToolRecord } from './tool-record.js';
import type { ReviewedTool } from './reviewed-words.js';

const saying = (description: string): ReviewedTool => ({ name: 'weather', description, inputSchema: {} });
const BEFORE = saying('before');

const seen = (hash: string, fields: Partial<SeenTool> & { suspicious?: boolean } = {}): SeenTool => {
  const { suspicious = false, ...rest } = fields;
  return {
    hash,
    isSuspicious: () => suspicious,
    isLate: false,
    before: BEFORE,
    holdsChanges: false,
    at: '2026-01-02T00:00:00.000Z',
    ...rest,
  };
};
const accepted = (hash: string): ToolRecord => afterAccepting(hash, 'kim@example.org', '2026-01-01T00:00:00.000Z');
const stateOf = ({ held, accepted: kept }: ToolRecord): unknown[] => [held?.reason ?? 'accepted', kept?.hash];

describe('the review of a tool', () => {
  it.each([
    ['a first one that is plain', undefined, seen('a'), ['accepted', 'a']],
    ['a first one that is suspicious', undefined, seen('a', { suspicious: true }), ['suspicious', undefined]],
    [
      'one that came with its service, where changes are held',
      undefined,
      seen('a', { holdsChanges: true }),
      ['accepted', 'a'],
    ],
    [
      'one that came later, where changes are held',
      undefined,
      seen('a', { holdsChanges: true, isLate: true }),
      ['new', undefined],
    ],
    ['one that says the same', accepted('a'), seen('a', { suspicious: true, holdsChanges: true }), ['accepted', 'a']],
    ['a plain change', accepted('a'), seen('b'), ['accepted', 'b']],
    ['a suspicious change', accepted('a'), seen('b', { suspicious: true }), ['suspicious', 'a']],
    ['a plain change, where changes are held', accepted('a'), seen('b', { holdsChanges: true }), ['changed', 'a']],
  ] as const)('after seeing %s', (_, record, offered, state) => {
    expect(stateOf(afterSeeing(record, offered))).toEqual(state);
  });

  it('lets nothing go that is held, however harmless it becomes', () => {
    const held = afterSeeing(undefined, seen('a', { suspicious: true }));
    expect(stateOf(afterSeeing(held, seen('b')))).toEqual(['suspicious', undefined]);
    expect(afterSeeing(held, seen('b')).held?.hash).toBe('b');
    expect(afterSeeing(held, seen('a'))).toBe(held);
  });

  it('lets go what says again what was accepted, but nothing that a person holds', () => {
    const changed = afterSeeing(accepted('a'), seen('b', { suspicious: true }));
    expect(stateOf(afterSeeing(changed, seen('a')))).toEqual(['accepted', 'a']);
    const byHand = afterHolding(accepted('a'), 'a', '2026-01-01T00:00:00.000Z');
    expect(stateOf(afterSeeing(byHand, seen('a')))).toEqual(['by-hand', 'a']);
    expect(stateOf(afterSeeing(afterSeeing(byHand, seen('b')), seen('a')))).toEqual(['by-hand', 'a']);
  });

  it('keeps what was said before, to be shown beside what is said now', () => {
    expect(afterSeeing(accepted('a'), seen('b')).previous).toMatchObject({ hash: 'a', tool: BEFORE });
    const held = afterSeeing(accepted('a'), seen('b', { suspicious: true }));
    expect(held.accepted).toMatchObject({ hash: 'a', by: 'kim@example.org', tool: BEFORE });
    const again = afterSeeing(held, seen('c', { before: saying('between') }));
    expect(again.accepted?.tool).toBe(BEFORE);
    const byHand = afterHolding(accepted('a'), 'a', '2026-01-01T00:00:00.000Z');
    expect(afterSeeing(byHand, seen('b')).accepted?.tool).toBe(BEFORE);
  });

  it('forgets it when somebody accepts', () => {
    expect(accepted('b')).toEqual({
      accepted: { hash: 'b', at: '2026-01-01T00:00:00.000Z', by: 'kim@example.org' },
      held: null,
      previous: null,
    });
  });
});
