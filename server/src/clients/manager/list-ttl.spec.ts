import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { aManager, aService } from '../clients.fixture.js';

describe('lists of a modern service that hold for a time', () => {
  let world: ReturnType<typeof aManager>;
  let fake: RunningFakeMcp;
  afterEach(async () => {
    await world.end();
    await fake.close();
  });

  it.each([
    ['no time at all', 0],
    ['ten years', 3e11],
  ])('are read again when it is over, also when the service says %s, and are as new as then', async (_, ttlMs) => {
    world = aManager({ listTtl: { leastMs: 20, mostMs: 50 } });
    fake = await startFakeMcpServer({ era: 'modern', hints: { ttlMs, cacheScope: 'public' } });
    const { id } = world.definitions.put(aService({ url: fake.url }));
    await world.manager.connect(id);
    const known = () => world.manager.capabilities(id);
    const first = known()?.fetchedAt;
    await waitFor('the same lists to be newer', () => known()?.fetchedAt !== first);
    // Not a word of it to us.
    fake.state.toggled = true;
    await waitFor('the new tool', () => known()?.tools.some(({ name }) => name === 'toggled'));
  });
});
