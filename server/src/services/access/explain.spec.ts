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

const about = (fields: Partial<Case>): Case => ({
  person: 'ann@example.org',
  service,
  tool: null,
  decision: { allowed: true, reason: 'granted', grants: [] },
  policy: undefined,
  nameOf: () => undefined,
  ...fields,
});

describe('explain', () => {
  it('says so when the subject of a grant is gone', () => {
    const subject = about({ decision: { allowed: false, reason: 'denied-by-grant', grants: [denial] } });
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
    const subject = about({ decision: { allowed: false, reason: 'permission-missing', grants: [] } });
    expect(explain(subject, EXPLAIN_WORDS.en).chain).toEqual([
      { kind: 'role', effect: 'deny', text: 'No role contains the permission tools:use.' },
    ]);
  });

  it('puts a denial before the switch that is off', () => {
    const subject = about({
      service: { ...service, enabled: false },
      decision: { allowed: false, reason: 'denied-by-grant', grants: [denial] },
    });
    expect(explain(subject, EXPLAIN_WORDS.en).code).toBe('denied-by-grant');
  });

  it('has the same sentences in both languages', () => {
    const shape = (words: (typeof EXPLAIN_WORDS)['en']): string[][] =>
      [words.outcome, words.grant, words.approval].map((each) => Object.keys(each).sort());
    expect(shape(EXPLAIN_WORDS.zh)).toEqual(shape(EXPLAIN_WORDS.en));
  });
});
