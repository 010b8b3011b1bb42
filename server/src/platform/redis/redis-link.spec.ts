import { freePort } from '@gatehouse/testing';
import { RedisLink, retryAfterMs } from './redis-link.js';

describe('the link to Redis', () => {
  it('is off, and harmless, without an address', () => {
    const link = new RedisLink({ redisUrl: undefined });
    expect([link.client, link.state]).toEqual([undefined, 'off']);
    link.onApplicationShutdown();
  });

  it('is away, and refuses commands at once, where nobody answers', async () => {
    const link = new RedisLink({ redisUrl: `redis://127.0.0.1:${await freePort()}` });
    expect(link.state).toBe('away');
    await expect(link.client?.get('anything')).rejects.toThrow();
    link.onApplicationShutdown();
  });

  it('tries again later and later, but never more than two seconds later', () => {
    expect([1, 2, 3, 40, 4_000].map((times) => retryAfterMs(times, 1))).toEqual([100, 200, 400, 2_000, 2_000]);
    expect(retryAfterMs(40, 0)).toBe(1_000);
  });
});
