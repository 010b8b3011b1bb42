import fc from 'fast-check';
import type { Permission } from '@gatehouse/contracts';
import type { Principal } from '../principal.js';
import { decide, type AccessObject, type Grant, type Passage, type PassageGrant } from './decide.js';

const USERS = ['ann', 'bob'];
const GROUPS = ['sales', 'ops'];
const SERVICES = ['crm', 'wiki'];
const TOOLS = ['read', 'write'];

const subject: fc.Arbitrary<Grant['subject']> = fc.oneof(
  fc.constant({ kind: 'everyone' as const }),
  fc.record({ kind: fc.constant('group' as const), id: fc.constantFrom(...GROUPS) }),
  fc.record({ kind: fc.constant('user' as const), id: fc.constantFrom(...USERS) }),
);

const grant: fc.Arbitrary<Grant> = fc.record({
  id: fc.uuid(),
  subject,
  serviceId: fc.constantFrom(...SERVICES),
  tool: fc.constantFrom(null, ...TOOLS),
  effect: fc.constantFrom('allow', 'deny'),
});

const principal: fc.Arbitrary<Principal> = fc.record({
  userId: fc.constantFrom(...USERS),
  email: fc.constant('somebody@example.org'),
  displayName: fc.constant('Somebody'),
  groupIds: fc.subarray(GROUPS).map((ids) => new Set(ids)),
  permissions: fc.subarray<Permission>(['tools:use', 'services:test']).map((list) => new Set(list)),
  credential: fc.constant({ kind: 'api-key' as const, id: 'key', name: 'key' }),
  serviceIds: fc.option(fc.subarray(SERVICES).map((ids) => new Set(ids))),
});

const object: fc.Arbitrary<AccessObject> = fc.record({
  serviceId: fc.constantFrom(...SERVICES),
  want: fc.oneof(
    fc.constant('presence' as const),
    fc.constant('content' as const),
    fc.record({ tool: fc.constantFrom(...TOOLS) }),
  ),
});

/** The rule, said once more in the dullest way: which of the grants apply, and is there a deny or an allow. */
function oracle(grants: readonly Grant[], who: Principal, { serviceId, want }: AccessObject): boolean {
  if (!who.permissions.has('tools:use')) return false;
  if (who.serviceIds !== null && !who.serviceIds.has(serviceId)) return false;
  let allowed = false;
  for (const each of grants) {
    if (each.serviceId !== serviceId) continue;
    if (each.subject.kind === 'user' && each.subject.id !== who.userId) continue;
    if (each.subject.kind === 'group' && !who.groupIds.has(each.subject.id)) continue;
    const whole = each.tool === null;
    const exactly = typeof want === 'object' && want.tool === each.tool;
    if (each.effect === 'deny' && (whole || exactly)) return false;
    if (each.effect === 'allow' && (whole || exactly || want === 'presence')) allowed = true;
  }
  return allowed;
}

describe('decide', () => {
  it('agrees with the rule as one would say it, for ten thousand policies', () => {
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 6 }), principal, object, (grants, who, what) => {
        expect(decide(grants, who, 'use', what).allowed).toBe(oracle(grants, who, what));
      }),
      { numRuns: 10_000 },
    );
  });

  it('allows nothing without a grant, whatever else is granted elsewhere', () => {
    fc.assert(
      fc.property(fc.array(grant), principal, object, (grants, who, what) => {
        const elsewhere = grants.filter(({ serviceId }) => serviceId !== what.serviceId);
        expect(decide(elsewhere, who, 'use', what).allowed).toBe(false);
      }),
    );
  });

  it('never allows more because of one more deny', () => {
    fc.assert(
      fc.property(fc.array(grant), grant, principal, object, (grants, more, who, what) => {
        const before = decide(grants, who, 'use', what).allowed;
        const after = decide([...grants, { ...more, effect: 'deny' }], who, 'use', what).allowed;
        expect(after && !before).toBe(false);
      }),
    );
  });

  it('does not care in which order grants come', () => {
    fc.assert(
      fc.property(fc.array(grant), principal, object, (grants, who, what) => {
        expect(decide(grants.toReversed(), who, 'use', what).allowed).toBe(decide(grants, who, 'use', what).allowed);
      }),
    );
  });

  it('names the grants that made it: every deny that applies, or else every allow', () => {
    fc.assert(
      fc.property(fc.array(grant), principal, object, (grants, who, what) => {
        const decision = decide(grants, who, 'use', what);
        const expected = decision.reason === 'denied-by-grant' ? 'deny' : 'allow';
        expect(decision.grants.every(({ effect }) => effect === expected)).toBe(true);
        expect(decision.reason === 'granted').toBe(decision.allowed);
      }),
    );
  });

  it('lets a service be tested by permission, within the services of a key', () => {
    fc.assert(
      fc.property(fc.array(grant), principal, object, (grants, who, what) => {
        const inKey = who.serviceIds?.has(what.serviceId) ?? true;
        expect(decide(grants, who, 'test', what).allowed).toBe(who.permissions.has('services:test') && inKey);
      }),
    );
  });

  describe('through a passage', () => {
    const passageGrant: fc.Arbitrary<PassageGrant> = grant.map(({ id, subject: whom, effect }) => ({
      id,
      subject: whom,
      effect,
    }));
    const passages = fc.record({ grants: fc.array(passageGrant, { maxLength: 4 }), opens: fc.boolean() });
    const passageOf = ({ grants, opens }: { grants: PassageGrant[]; opens: boolean }): Passage => ({
      name: 'support',
      grants: () => grants,
      opens: () => opens,
    });
    const concernsMe = (who: Principal, { subject: whom }: PassageGrant): boolean =>
      whom.kind === 'everyone' || (whom.kind === 'user' ? whom.id === who.userId : who.groupIds.has(whom.id));

    it('lets somebody use exactly what it opens to them and what nothing denies them', () => {
      fc.assert(
        fc.property(fc.array(grant, { maxLength: 6 }), principal, object, passages, (grants, who, what, given) => {
          const mine = given.grants.filter((each) => concernsMe(who, each));
          const isGranted = mine.length > 0 && mine.every(({ effect }) => effect === 'allow');
          const allowedEverything = [...grants.filter(({ effect }) => effect === 'deny'), allowAll(what.serviceId)];
          const expected = given.opens && isGranted && oracle(allowedEverything, who, what);
          const decision = decide(grants, who, 'use', { ...what, via: passageOf(given) });
          expect(decision.allowed).toBe(expected);
        }),
        { numRuns: 10_000 },
      );
    });

    it('tells nobody of a denial behind a passage that is closed to them', () => {
      fc.assert(
        fc.property(fc.array(grant), principal, object, passages, (grants, who, what, given) => {
          fc.pre(!given.opens || !given.grants.some((each) => concernsMe(who, each)));
          const { reason } = decide(grants, who, 'use', { ...what, via: passageOf(given) });
          expect(reason).not.toBe('denied-by-grant');
        }),
      );
    });
  });
});

const allowAll = (serviceId: string): Grant => ({
  id: 'all',
  subject: { kind: 'everyone' },
  serviceId,
  tool: null,
  effect: 'allow',
});
