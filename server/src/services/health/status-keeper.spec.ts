import { HEALTH_STATES } from '@gatehouse/contracts';
import { statusOf } from './status-keeper.js';

describe('statusOf', () => {
  it('sorts every state of health', () => {
    expect(Object.fromEntries(HEALTH_STATES.map((state) => [state, statusOf(state)]))).toEqual({
      ready: 'active',
      degraded: 'active',
      empty: 'active',
      unauthorised: 'error',
      stale: 'error',
      down: 'error',
      disabled: 'inactive',
      connecting: undefined,
      unknown: undefined,
    });
  });
});
