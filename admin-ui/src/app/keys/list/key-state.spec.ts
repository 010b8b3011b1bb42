import { expiryMoment, keyState } from './key-state';

const now = Date.parse('2026-11-22T12:00:00Z');

describe('the state of a key', () => {
  it.each([
    [null, null, 'active'],
    ['2027-01-01T00:00:00Z', null, 'active'],
    ['2026-11-25T00:00:00Z', null, 'expiring'],
    ['2026-11-22T11:59:59Z', null, 'expired'],
    ['2027-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'revoked'],
  ])('expires %p, revoked %p: %s', (expiresAt, revokedAt, state) =>
    expect(keyState({ expiresAt, revokedAt }, now)).toBe(state),
  );

  it('never expires unless somebody chose it', () => {
    expect(expiryMoment('never', now)).toBeUndefined();
    expect(expiryMoment('days30', now)).toBe('2026-12-22T12:00:00.000Z');
  });
});
