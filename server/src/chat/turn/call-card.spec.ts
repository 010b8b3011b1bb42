import { ERRORS, type ErrorCode } from '@gatehouse/contracts';
import { AppError } from '../../platform/index.js';
import { answeredCard, failedCard, openingCard } from './call-card.js';

const tool = { serviceId: 's1', serviceName: '天气', name: 'forecast', title: 'Forecast' };
const running = openingCard('t1', tool, new Date(0));
const failed = (code: ErrorCode, details = {}) => failedCard(running, new AppError(code, { details }), 'zh', 12.4);

describe('the card of a call', () => {
  it('is running from the start', () => {
    expect(running).toMatchObject({ state: 'running', serviceName: '天气', startedAt: '1970-01-01T00:00:00.000Z' });
  });

  it('never succeeds when the tool says that it failed', () => {
    const answer = { callId: 'c1', durationMs: 3.2, cached: false };
    expect(answeredCard(running, { ...answer, isError: false })).toMatchObject({
      state: 'succeeded',
      callId: 'c1',
      durationMs: 3,
    });
    expect(answeredCard(running, { ...answer, isError: true }).state).toBe('failed');
  });

  it('tells an answer that was kept from one that was on its way for another call', () => {
    const answer = { callId: 'c1', durationMs: 3, isError: false };
    expect(answeredCard(running, { ...answer, cached: true })).not.toHaveProperty('joined');
    expect(answeredCard(running, { ...answer, cached: true, joined: true })).toMatchObject({ joined: true });
  });

  it("says in the person's language what happened, and what to do", () => {
    const card = failed('upstream_unreachable', { service: '天气', cause: 'ECONNREFUSED' });
    expect(card).toMatchObject({
      state: 'failed',
      durationMs: 12,
      error: { code: 'upstream_unreachable', act: 'retry' },
    });
    expect(card.error?.message).toBe('无法连接服务 天气：ECONNREFUSED。');
    expect(card.error?.remedy).not.toBe('');
  });

  it.each([
    ['access_denied', 'denied', 'ask-access'],
    ['tool_not_found', 'denied', 'choose-another'],
    ['call_cancelled', 'cancelled', 'retry'],
    ['arguments_invalid', 'failed', 'edit-arguments'],
  ] as const)('for %s is %s and offers to %s', (code, state, act) => {
    expect(failed(code)).toMatchObject({ state, error: { act } });
  });

  it.each(['upstream_timeout', 'upstream_lost'] as const)('offers no blind repetition after %s', (code) => {
    expect(failed(code).error?.act).toBeUndefined();
  });

  it('has words for every code of the catalogue', () => {
    for (const code of Object.keys(ERRORS) as ErrorCode[]) expect(failed(code).error?.message).toBeTruthy();
  });

  it('names the fields that do not fit', () => {
    const error = new AppError('arguments_invalid', { fields: [{ path: 'city', message: 'is required' }] });
    expect(failedCard(running, error, 'en', 0).error?.message).toContain('(city: is required)');
  });
});
