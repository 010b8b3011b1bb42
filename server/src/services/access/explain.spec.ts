import type { Decision } from '../../auth/index.js';
import { explain, type Case } from './explain.js';
import { EXPLAIN_WORDS } from './explain.words.js';

const service = { id: 's1', name: 'Wiki', enabled: true };
const denial = {
  id: 'g1',
  subject: { kind: 'group', id: 'gone' },
  serviceId: 's1',
  tool: null,
  effect: 'deny',
} as const;

const decision = (fields: Partial<Decision>): Decision => ({
  allowed: false,
  reason: 'no-grant',
  grants: [],
  passageGrants: [],
  ...fields,
});

const about = (fields: Partial<Case>): Case => ({
  person: 'ann@example.org',
  service,
  tool: null,
  decision: decision({ allowed: true, reason: 'granted' }),
  policy: undefined,
  passage: undefined,
  callers: undefined,
  nameOf: () => undefined,
  ...fields,
});

describe('explain', () => {
  it.each([
    [
      { address: '203.0.113.7', mayCall: false },
      false,
      'address-refused',
      'The service Wiki takes no calls from 203.0.113.7.',
    ],
    [{ address: '10.0.0.1', mayCall: true }, true, 'granted', 'The service Wiki takes calls from 10.0.0.1.'],
    [
      { address: undefined, mayCall: true },
      true,
      'granted',
      'The service Wiki takes calls only from certain addresses.',
    ],
  ])('says from where calls may come: %j', (callers, allowed, code, text) => {
    const explanation = explain(about({ callers }), EXPLAIN_WORDS.en);
    expect(explanation).toMatchObject({ allowed, code });
    expect(explanation.chain[0]).toMatchObject({ kind: 'address', text });
  });

  it('says so when the subject of a grant is gone', () => {
    const subject = about({ decision: decision({ reason: 'denied-by-grant', grants: [denial] }) });
    expect(explain(subject, EXPLAIN_WORDS.en).chain[0]?.text).toBe(
      'A grant forbids the group (deleted) to use the service Wiki.',
    );
  });

  it('says of a disabled account nothing but that', () => {
    expect(explain(about({ decision: undefined }), EXPLAIN_WORDS.zh)).toEqual({
      allowed: false,
      code: 'user-disabled',
      sentence: 'ann@example.org 不能使用服务“Wiki”：该账号已停用。',
      chain: [],
    });
  });

  it('names the missing permission', () => {
    const subject = about({ decision: decision({ reason: 'permission-missing' }) });
    expect(explain(subject, EXPLAIN_WORDS.en).chain).toEqual([
      { kind: 'role', effect: 'deny', text: 'No role contains the permission tools:use.' },
    ]);
  });

  it('names the profile that somebody came through, and who granted it', () => {
    const everyone = { id: 'p1', subject: { kind: 'everyone' }, effect: 'allow' } as const;
    const granted = decision({ allowed: true, reason: 'granted', passageGrants: [everyone] });
    const { sentence, chain } = explain(about({ decision: granted, passage: 'support' }), EXPLAIN_WORDS.en);
    expect(sentence).toBe('ann@example.org may use the service Wiki through the profile support.');
    expect(chain[0]).toEqual({
      kind: 'profile',
      id: 'p1',
      effect: 'allow',
      text: 'A grant lets everyone use the profile support.',
    });
  });

  it('puts a denial before the switch that is off', () => {
    const subject = about({
      service: { ...service, enabled: false },
      decision: decision({ reason: 'denied-by-grant', grants: [denial] }),
    });
    expect(explain(subject, EXPLAIN_WORDS.en).code).toBe('denied-by-grant');
  });

  it('has the same sentences in both languages', () => {
    const shape = (words: (typeof EXPLAIN_WORDS)['en']): string[][] =>
      [words.outcome, words.grant, words.approval].map((each) => Object.keys(each).sort());
    expect(shape(EXPLAIN_WORDS.zh)).toEqual(shape(EXPLAIN_WORDS.en));
  });
});
