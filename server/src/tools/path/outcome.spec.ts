import { InputRequired } from '../../clients/index.js';
import { AppError } from '../../platform/index.js';
import type { CallPlan } from './call-plan.js';
import { outcomeOf } from './outcome.js';

const plan = { isFailure: (answer) => answer === 'failure' } as Partial<CallPlan<string>> as CallPlan<string>;

describe('what the record says of a call that was sent', () => {
  it.each([
    ['an answer', { answer: 'fine', cached: false, upstreamMs: 1 }, { status: 'success', response: 'fine' }],
    ['a failure of the tool', { answer: 'failure', cached: false, upstreamMs: 1 }, { status: 'error' }],
    ['a lost answer', { error: new AppError('upstream_lost') }, { status: 'unknown', errorCode: 'upstream_lost' }],
    ['a caller who left', { error: new AppError('call_cancelled') }, { status: 'cancelled' }],
    ['a refusal', { error: new AppError('upstream_error') }, { status: 'error', errorCode: 'upstream_error' }],
  ])('of %s', (_what, ending, expected) =>
    expect(outcomeOf(plan, ending, 7)).toMatchObject({ ...expected, durationMs: 7 }),
  );

  it('of questions: that there were some, not their words, addresses or the service’s state', () => {
    const params = { mode: 'url', url: 'https://example.com/?token=t', message: 'Ann, sign here' };
    const asks = new InputRequired({ ann: { method: 'elicitation/create', params } }, 'state');
    expect(outcomeOf(plan, { asks }, 7)).toEqual({
      status: 'success',
      response: { resultType: 'input_required', asks: ['elicitation/create'] },
      durationMs: 7,
    });
  });
});
