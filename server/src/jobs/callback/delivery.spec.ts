import { verdictOn, type Delivery } from './delivery.js';
import { isSigningSecret } from './signature.js';

const at = '2026-11-28T12:00:00.000Z';
const failed = (times: number, status: number | null = 500): Delivery[] =>
  Array.from({ length: times }, () => ({ at, status }));

describe('telling the end of a job', () => {
  it('is done when the receiver says so', () => {
    expect(verdictOn([...failed(2), { at, status: 204 }], 0)).toEqual({ state: 'delivered' });
  });

  it('is tried again after longer and longer pauses that differ a little, and given up after six attempts', () => {
    const verdicts = [1, 2, 3, 4, 5, 6].map((made) => verdictOn(failed(made), 0.5));
    const pauses = verdicts.flatMap((verdict) => ('inMs' in verdict ? [verdict.inMs] : []));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses).toHaveLength(5);
    expect(verdicts.at(-1)).toEqual({ state: 'failed' });
    expect(verdictOn(failed(1), 0)).not.toEqual(verdictOn(failed(1), 1));
  });

  it.each([
    ['a receiver that is gone for good', { at, status: 410 }],
    ['an address that is not allowed', { at, status: null, error: 'egress_refused' }],
  ] as const)('is not tried again at %s', (_, delivery) => {
    expect(verdictOn([delivery], 0)).toEqual({ state: 'failed' });
  });

  it.each([
    ['whsec_' + Buffer.alloc(24, 7).toString('base64'), true],
    ['whsec_' + Buffer.alloc(23, 7).toString('base64'), false],
    ['whsec_' + Buffer.alloc(65, 7).toString('base64'), false],
    ['whsec_' + 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw!!', false],
    [Buffer.alloc(24, 7).toString('base64'), false],
  ])('is signed with a proper secret only: %s → %s', (secret, ok) => {
    expect(isSigningSecret(secret)).toBe(ok);
  });
});
