import { randomBytes, randomUUID } from 'node:crypto';
import { startRedisWay, testRedisUrl, waitFor, type RedisWay } from '@gatehouse/testing';
import { RedisLink, SecretBox } from '../../platform/index.js';
import type { Place } from './answer-store.js';
import { RedisAnswerStore } from './redis-answer-store.js';

describe('the store of answers in Redis', () => {
  let way: RedisWay;
  let links: RedisLink[];
  let section: string;
  const box = new SecretBox({ current: 'k', keys: new Map([['k', randomBytes(32)]]) });

  beforeEach(async () => {
    way = await startRedisWay();
    links = [way.url, testRedisUrl()].map((redisUrl) => new RedisLink({ redisUrl }));
    await waitFor('Redis', () => links.every(({ state }) => state === 'ready'));
    section = randomUUID();
  });
  afterEach(async () => {
    for (const link of links) link.onApplicationShutdown();
    await way.close();
  });

  const storeOf = (at: number, secrets = box) =>
    new RedisAnswerStore(links[at].client!, secrets, { answerBytes: 1_000 });
  const place = (name: string, tag?: string): Place => ({ key: `${section}-${name}`, section, ...(tag && { tag }) });
  const keep = async (store: RedisAnswerStore, where: Place, text = 'fine'): Promise<void> => {
    store.keep(where, Buffer.from(text), 60_000, (await store.look(where)).epoch);
    await links[0].client!.ping();
  };
  const found = async (store: RedisAnswerStore, where: Place): Promise<string | undefined> =>
    (await store.look(where)).found?.toString();

  it('gives one replica what another has kept, for its time, and sealed', async () => {
    await keep(storeOf(0), place('a'), 'private words');
    expect(await found(storeOf(1), place('a'))).toBe('private words');
    const client = links[1].client!;
    const name = `answer:${section}-a`;
    expect(await client.get(name)).not.toContain('private');
    expect(await client.pttl(name)).toBeGreaterThan(50_000);
    await client.set(`answer:${section}-b`, (await client.get(name)) ?? '');
    expect(await found(storeOf(1), place('b'))).toBeUndefined();
    const others = new SecretBox({ current: 'k', keys: new Map([['k', randomBytes(32)]]) });
    expect(await found(storeOf(1, others), place('a'))).toBeUndefined();
  });

  it('forgets a section, or what stands under a tag of it, for all replicas', async () => {
    const [store, other] = [storeOf(0), storeOf(1)];
    const all = [place('plain'), place('one', 'file:///1'), place('two', 'file:///2')];
    for (const each of all) await keep(store, each);
    other.forget(section, 'file:///1');
    await waitFor('the tag to be forgotten', async () => (await found(store, all[1])) === undefined);
    expect([await found(store, all[0]), await found(store, all[2])]).toEqual(['fine', 'fine']);
    other.forget(section);
    await waitFor('the section to be forgotten', async () => (await found(store, all[0])) === undefined);
    expect(await found(store, all[2])).toBeUndefined();
  });

  it('takes no answer in that was fetched before its section was emptied, and none that is too large', async () => {
    const store = storeOf(0);
    const { epoch } = await store.look(place('a'));
    store.forget(section);
    store.keep(place('a'), Buffer.from('old'), 60_000, epoch);
    await keep(store, place('b'), 'x'.repeat(1_001));
    expect([await found(store, place('a')), await found(store, place('b'))]).toEqual([undefined, undefined]);
  });

  it('has nothing while Redis is away, and what was to be forgotten meanwhile is not found after', async () => {
    const store = storeOf(0);
    await keep(store, place('a'));
    await way.cut();
    await waitFor('the loss', () => links[0].state === 'away');
    expect(await store.look(place('a'))).toEqual({ found: undefined, epoch: '' });
    store.keep(place('b'), Buffer.from('x'), 60_000, '');
    store.forget(section);
    await way.mend();
    await waitFor('Redis to be back', () => links[0].state === 'ready');
    expect([await found(store, place('a')), await found(storeOf(1), place('a'))]).toEqual([undefined, undefined]);
    await keep(store, place('a'), 'new');
    expect(await found(store, place('a'))).toBe('new');
  });
});
