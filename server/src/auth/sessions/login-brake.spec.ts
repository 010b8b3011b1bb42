import { HandClock } from '../../../spec/auth-app.js';
import { LoginBrake, delayAfter } from './login-brake.js';

describe('LoginBrake', () => {
  let clock: HandClock;
  let brake: LoginBrake;

  const attempts = (count: number, account = 'ann', ip = '10.0.0.1') => {
    for (let attempt = 0; attempt < count; attempt += 1) brake.attempt(account, ip);
  };

  beforeEach(() => {
    clock = new HandClock();
    brake = new LoginBrake(clock);
  });

  it('lets five attempts through and holds the sixth, saying when to come back', () => {
    attempts(5);
    expect(() => attempts(1)).toThrow(
      expect.objectContaining({ code: 'rate_limited', details: { seconds: 30 } }) as Error,
    );
  });

  it('waits twice as long after each further failure, but never longer than a quarter of an hour', () => {
    expect([4, 5, 6, 7, 10, 30, 2_000].map(delayAfter)).toEqual([
      0, 30_000, 60_000, 120_000, 900_000, 900_000, 900_000,
    ]);
  });

  it('lets one more attempt through once the delay is over', () => {
    attempts(5);
    clock.forward(0.5);
    expect(() => attempts(1)).not.toThrow();
    expect(() => attempts(1)).toThrow();
  });

  it('forgets after a quarter of an hour without a failure', () => {
    attempts(5);
    clock.forward(16);
    expect(() => attempts(5)).not.toThrow();
  });

  it('starts anew after a success', () => {
    attempts(4);
    brake.succeeded('ann', '10.0.0.1');
    expect(() => attempts(5)).not.toThrow();
  });

  it('holds neither the owner of the account who comes from elsewhere, nor another account', () => {
    attempts(5);
    expect(() => attempts(1, 'ann', '10.0.0.2')).not.toThrow();
    expect(() => attempts(1, 'bob')).not.toThrow();
  });
});
