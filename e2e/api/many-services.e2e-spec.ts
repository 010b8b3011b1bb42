import { startFakeMcpServer, waitFor, type RunningFakeMcp } from '@gatehouse/testing';
import { register, startProduct, type Product, type ServiceView } from '../support/product.js';

const COUNT = 12;
const ROUNDS = 10;

describe('twelve services at once', () => {
  let product: Product;
  let fakes: RunningFakeMcp[];
  let services: ServiceView[];

  beforeAll(async () => {
    fakes = await Promise.all(
      Array.from({ length: COUNT }, (_, index) => startFakeMcpServer({ name: `fake-${index}` })),
    );
    product = await startProduct({ env: { GATEHOUSE_CALLS_PER_MINUTE: '100000' } });
    services = [];
    for (const [index, fake] of fakes.entries()) {
      services.push(
        await register(product.owner, {
          name: `Service ${index}`,
          type: 'http',
          url: fake.url,
          config: { connect: 'at-start' },
        }),
      );
    }
  });

  afterAll(async () => {
    await product.gatehouse.stop();
    await Promise.all(fakes.map((fake) => fake.close()));
  });

  const stateOf = async (service: ServiceView) =>
    (await product.owner.call<ServiceView>('GET', `/api/mcp/services/${service.id}`)).health.state;

  const echo = async (service: ServiceView, text: string) => {
    const response = await product.owner.fetch('POST', `/api/mcp/services/${service.id}/tools/echo`, {
      arguments: { text },
    });
    return { status: response.status, body: await response.text() };
  };

  it('are all connected and each answers for itself, in parallel', async () => {
    for (const service of services)
      await waitFor(`${service.slug} to be ready`, async () => (await stateOf(service)) === 'ready');
    const answers = await Promise.all(services.map((service, index) => echo(service, `for ${index}`)));
    answers.forEach((answer, index) => expect(answer.body).toContain(`for ${index}`));
  });

  it('lose nothing of the others when one is killed and comes back during calls', async () => {
    const [victim, ...others] = services;
    const fake = fakes[0];
    if (!victim || !fake) throw new Error('no services');
    const load = Promise.all(
      others.map(async (service) => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const answer = await echo(service, `round ${round}`);
          expect(answer).toMatchObject({ status: 200, body: expect.stringContaining(`round ${round}`) });
        }
      }),
    );
    await fake.close();
    const dead = await echo(victim, 'anybody there?');
    expect(dead.status).toBeGreaterThanOrEqual(502);
    await load;
    await waitFor('the page to know that it is down', async () => ['down', 'stale'].includes(await stateOf(victim)));
    fakes[0] = await startFakeMcpServer({ name: 'fake-0', port: fake.port });
    await waitFor('it to be ready again', async () => (await stateOf(victim)) === 'ready', 15_000);
    expect((await echo(victim, 'back')).body).toContain('back');
  });
});
