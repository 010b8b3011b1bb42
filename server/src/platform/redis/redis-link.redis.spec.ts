import { startRedisWay, waitFor, type RedisWay } from '@gatehouse/testing';
import { RedisLink } from './redis-link.js';

describe('the link to Redis', () => {
  let way: RedisWay;
  let link: RedisLink;
  const until = (state: string) => waitFor(`Redis to be ${state}`, () => link.state === state);

  beforeEach(async () => {
    way = await startRedisWay();
    link = new RedisLink({ redisUrl: way.url });
    await until('ready');
  });

  afterEach(async () => {
    link.onApplicationShutdown();
    await way.close();
  });

  it('comes back by itself after Redis was gone', async () => {
    await way.cut();
    await until('away');
    await way.mend();
    await until('ready');
    expect(await link.client?.ping()).toBe('PONG');
  });

  it('refuses a command at once while Redis is gone, instead of keeping it', async () => {
    await way.cut();
    await until('away');
    await expect(link.client?.get('anything')).rejects.toThrow();
    await way.mend();
  });

  it('leaves a server that takes commands and never answers', async () => {
    way.hang();
    await expect(link.client?.get('anything')).rejects.toThrow('Command timed out');
    await until('away');
    await way.mend();
    await until('ready');
  });
});
