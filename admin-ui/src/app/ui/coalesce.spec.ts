import { jest } from '@jest/globals';
import { coalesce } from './coalesce';

describe('coalesce', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('acts at once, then once for all that came in the pause', () => {
    let acts = 0;
    const { request } = coalesce(() => acts++, 1000);
    request();
    expect(acts).toBe(1);
    request();
    request();
    expect(acts).toBe(1);
    jest.advanceTimersByTime(1000);
    expect(acts).toBe(2);
    jest.advanceTimersByTime(5000);
    expect(acts).toBe(2);
  });

  it('drops what waits when cancelled', () => {
    let acts = 0;
    const { request, cancel } = coalesce(() => acts++, 1000);
    request();
    request();
    cancel();
    jest.advanceTimersByTime(5000);
    expect(acts).toBe(1);
  });
});
