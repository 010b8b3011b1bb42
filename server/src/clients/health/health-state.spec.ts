import { isNews, nextHealth, unknownHealth, type Happening, type Health } from './health-state.js';

const START = new Date('2026-01-01T00:00:00Z');
const LATER = new Date('2026-01-01T00:01:00Z');
const connected: Happening = { kind: 'connected', offers: 3, latencyMs: 12 };
const refused: Happening = {
  kind: 'failed',
  code: 'upstream_unreachable',
  details: { cause: 'ECONNREFUSED' },
  hasLists: true,
};

const after = (...happenings: Happening[]): Health =>
  happenings.reduce((health, happening) => nextHealth(health, happening, START), unknownHealth(START));

describe('the health of a service', () => {
  it.each<[string, Happening[], Health['state']]>([
    ['is connecting the first time', [{ kind: 'connecting' }], 'connecting'],
    ['is ready once it offers something', [{ kind: 'connecting' }, connected], 'ready'],
    ['is empty when it offers nothing', [{ ...connected, offers: 0 }], 'empty'],
    ['is degraded when one check is late', [connected, { kind: 'late', timeoutMs: 5_000 }], 'degraded'],
    [
      'is ready again after a late check',
      [connected, { kind: 'late', timeoutMs: 5_000 }, { kind: 'answered', offers: 3, latencyMs: 1 }],
      'ready',
    ],
    ['is stale while its last lists can be shown', [connected, refused], 'stale'],
    ['is down when nothing is known of it', [{ ...refused, hasLists: false }], 'down'],
    [
      'is unauthorised when it refuses our credentials',
      [{ ...refused, code: 'upstream_unauthorised' }],
      'unauthorised',
    ],
    ['stays down while it is called again', [{ ...refused, hasLists: false }, { kind: 'connecting' }], 'down'],
    ['stays disabled whatever else happens', [{ kind: 'disabled' }, connected, refused], 'disabled'],
    ['is unknown after it was switched on', [{ kind: 'disabled' }, { kind: 'enabled' }], 'unknown'],
  ])('%s', (_sentence, happenings, state) => {
    expect(after(...happenings).state).toBe(state);
  });

  it('remembers since when it is as it is, and when it was last looked at', () => {
    const ready = nextHealth(after(connected), { kind: 'answered', offers: 3, latencyMs: 7 }, LATER);
    expect(ready).toMatchObject({ since: START, checkedAt: LATER, latencyMs: 7 });
    expect(nextHealth(ready, refused, LATER).since).toBe(LATER);
  });

  it('is news when state or reason change, not when it was merely looked at', () => {
    const ready = after(connected);
    expect(isNews(ready, nextHealth(ready, { kind: 'answered', offers: 3, latencyMs: 9 }, LATER))).toBe(false);
    const stale = nextHealth(ready, refused, LATER);
    expect(isNews(ready, stale)).toBe(true);
    expect(isNews(stale, nextHealth(stale, { ...refused, details: { cause: 'ENOTFOUND' } }, LATER))).toBe(true);
  });

  it('forgets the reason once it is well', () => {
    expect(nextHealth(after(refused), connected, LATER)).not.toHaveProperty('code');
  });
});
