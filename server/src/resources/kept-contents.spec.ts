import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import type { ReadResourceResult } from '@modelcontextprotocol/server';
import { RunningProduct, type Person } from '../spec/running-product.js';
import { shelfOf } from './resource-keeping.js';

describe('for how long and for whom contents are kept', () => {
  const MINUTE = 60_000;
  it.each([
    ['nothing', {}, 'principal', 600, { ttlMs: 10 * MINUTE, scope: 'principal' }],
    ['nothing', {}, 'shared', 600, { ttlMs: 10 * MINUTE, scope: 'shared' }],
    ['less', { ttlMs: MINUTE, cacheScope: 'public' }, 'principal', 600, { ttlMs: MINUTE, scope: 'principal' }],
    [
      'ten years and everybody',
      { ttlMs: 3e11, cacheScope: 'public' },
      'principal',
      600,
      { ttlMs: 5 * MINUTE, scope: 'principal' },
    ],
    ['ten years', { ttlMs: 3e11 }, 'shared', 60, { ttlMs: MINUTE, scope: 'shared' }],
    ['for one alone', { ttlMs: MINUTE, cacheScope: 'private' }, 'shared', 600, { ttlMs: MINUTE, scope: 'principal' }],
    ['not at all', { ttlMs: 0, cacheScope: 'public' }, 'shared', 600, undefined],
    ['something odd', { ttlMs: Number.NaN }, 'shared', 600, undefined],
    ['something odd', { ttlMs: -1 }, 'shared', 600, undefined],
  ] as const)(
    'when the service says %s: %j, and the administrator %s for %i s',
    (_, said, scope, ttlSeconds, shelf) => {
      const answer = { contents: [], ...said } as unknown as ReadResourceResult;
      expect(shelfOf(answer, { ttlSeconds, scope })).toEqual(shelf);
    },
  );
});

describe('contents that are kept', () => {
  let product: RunningProduct;
  const fakes: RunningFakeMcp[] = [];
  let ann: Person;
  let ben: Person;

  beforeAll(async () => {
    product = await RunningProduct.start();
    [ann, ben] = [await product.addPerson('ann'), await product.addPerson('ben')];
  });
  afterAll(async () => {
    await product.stop();
    await Promise.all(fakes.map((fake) => fake.close()));
  });

  const serve = async (slug: string, options: Parameters<typeof startFakeMcpServer>[0], resourceCache?: object) => {
    const fake = await startFakeMcpServer(options);
    fakes.push(fake);
    const id = await product.addService(slug, fake.url, { config: { ...(resourceCache && { resourceCache }) } });
    for (const person of [ann, ben]) await product.grant(person, id);
    const read = (who: Person, uri = 'fake://text'): Promise<unknown> =>
      product.callerOf(who).call('GET', `/api/mcp/services/${slug}/resources/${encodeURIComponent(uri)}`);
    return { id, fake, read, reads: () => fake.state.requests.get('resources/read') ?? 0 };
  };
  const recordsOf = async (serviceId: string) => {
    const path = `/api/audit/calls?serviceId=${serviceId}`;
    const { items } = await product.owner.call<{ items: { tool: string; cached: boolean }[] }>('GET', path);
    return items.filter(({ tool }) => tool.startsWith('resource:')).map(({ cached }) => cached);
  };

  it('are read every time until an administrator says otherwise', async () => {
    const { read, reads } = await serve('plain', {});
    await read(ann);
    await read(ann);
    expect(reads()).toBe(2);
  });

  it('are given again to whom they were given, and on record as such', async () => {
    const { id, read, reads } = await serve('own', { era: 'legacy' }, { ttlSeconds: 60, scope: 'principal' });
    expect(await read(ann)).toEqual(await read(ann));
    expect(reads()).toBe(1);
    await read(ben);
    expect([reads(), await recordsOf(id)]).toEqual([2, [false, true, false]]);
    await product.owner.call('DELETE', '/api/mcp/services/own/cache');
    await read(ann);
    expect(reads()).toBe(3);
  });

  it.each([
    ['private', 2],
    ['public', 1],
  ] as const)(
    'are shared as far as the administrator and a modern service that says %s both allow',
    async (cacheScope, count) => {
      const hints = { ttlMs: 60_000, cacheScope };
      const { read, reads } = await serve(cacheScope, { era: 'modern', hints }, { ttlSeconds: 60, scope: 'shared' });
      for (const person of [ann, ben, ann, ben]) await read(person);
      expect(reads()).toBe(count);
    },
  );

  it.each(['legacy', 'modern'] as const)('are read again when a %s service says that they changed', async (era) => {
    const hints = { ttlMs: 60_000, cacheScope: 'private' as const };
    const { fake, read, reads } = await serve(`watched-${era}`, { era, hints }, { ttlSeconds: 60, scope: 'principal' });
    await read(ann);
    await waitFor('a change to be heard', async () => {
      fake.state.touch('fake://text');
      await read(ann);
      return reads() > 1;
    });
  });
});
