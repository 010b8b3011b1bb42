import { ApiCaller, startFakeAppService, startFakeMcpServer, type RunningAppService } from '@gatehouse/testing';
import { Authenticator } from '../../auth/index.js';
import { AppSandbox } from '../../sandbox/index.js';
import { ToolsOnOffer } from '../turn/tools-on-offer.js';
import { PASSWORD, RunningProduct, type Person } from '../../spec/running-product.js';

interface Call {
  tool: string;
  status: string;
  door: string;
  chatId: string | null;
}

describe('the app of a tool', () => {
  let product: RunningProduct;
  let service: RunningAppService;
  let other: Awaited<ReturnType<typeof startFakeMcpServer>>;
  let serviceId: string;
  let ann: Person;
  let bob: Person;
  let caller: ApiCaller;
  let conversation: string;

  beforeAll(async () => {
    product = await RunningProduct.start();
    service = await startFakeAppService({ html: '<p>board</p>' });
    other = await startFakeMcpServer();
    serviceId = await product.addService('games', service.url);
    [ann, bob] = [await product.addPerson('ann'), await product.addPerson('bob')];
    await product.grant(ann, serviceId);
    await product.grant(ann, await product.addService('other', other.url));
    await product.grant(bob, serviceId, 'show_board');
    caller = await signedIn(ann);
    conversation = await newConversation(caller);
  });

  beforeEach(() => {
    product.app.get(AppSandbox).open('http://apps.localhost:8081');
    service.app = { html: '<p>board</p>' };
  });

  afterAll(async () => {
    await product.stop();
    await Promise.all([service.close(), other.close()]);
  });

  const signedIn = async ({ email }: Person): Promise<ApiCaller> => {
    const person = new ApiCaller(product.url);
    await person.login(email, PASSWORD);
    return person;
  };
  const newConversation = async (person: ApiCaller): Promise<string> =>
    (await person.call<{ id: string }>('POST', '/api/chat/conversations', { serviceIds: [] })).id;
  const at = (path = '', tool = 'show_board', of = 'games', id = conversation): string =>
    `/api/chat/conversations/${id}/apps/${of}/${tool}${path}`;
  const lastCall = async (): Promise<Call> =>
    (await product.owner.call<{ items: [Call] }>('GET', '/api/audit/calls?limit=1')).items[0];

  it('is its page with where to show it, and the reading is on record', async () => {
    service.app = {
      html: '<p>board</p>',
      ui: { csp: { connectDomains: ['https://api.example.com', '*'] }, permissions: { camera: {}, usb: {} } },
    };
    expect(await caller.call('GET', at())).toEqual({
      html: '<p>board</p>',
      frameUrl: expect.stringMatching(/^http:\/\/apps\.localhost:8081\/frame\?policy=/),
      features: ['camera'],
      reaches: ['https://api.example.com'],
    });
    expect(await lastCall()).toMatchObject({
      tool: 'resource:ui://board/app.html',
      door: 'app',
      status: 'success',
      chatId: conversation,
    });
  });

  it('is there for whoever may call the tool, even if they may not read the resources of the service', async () => {
    const person = await signedIn(bob);
    const id = await newConversation(person);
    await expect(person.call('GET', at('', 'show_board', 'games', id))).resolves.toMatchObject({
      html: '<p>board</p>',
    });
    const notes = person.call('POST', at('/resources', 'show_board', 'games', id), { uri: 'note://rules' });
    await expect(notes).rejects.toThrow(' → 404 ');
    await expect(
      person.call('POST', at('/calls', 'show_board', 'games', id), { tool: 'move', arguments: {} }),
    ).rejects.toThrow(/ → 404 .*tool_not_found/);
  });

  it.each([
    ['a tool without one', 'explain', 'games'],
    ['a tool that is not there', 'nothing', 'games'],
    ['a service that is not there', 'show_board', 'nobody'],
  ])('is not found for %s', async (_, tool, of) => {
    await expect(caller.call('GET', at('', tool, of))).rejects.toThrow(' → 404 ');
  });

  it("is not found in somebody else's conversation", async () => {
    const stranger = await signedIn(bob);
    for (const [method, path, body] of [
      ['GET', at(), undefined],
      ['POST', at('/calls'), { tool: 'show_board', arguments: {} }],
      ['POST', at('/resources'), { uri: 'ui://board/app.html' }],
    ] as const)
      await expect(stranger.call(method, path, body)).rejects.toThrow(/ → 404 .*not_found/);
  });

  it('is refused when it is no page', async () => {
    service.app = { html: '<p>', mimeType: 'text/html' };
    await expect(caller.call('GET', at())).rejects.toThrow(/ → 502 .*app_unusable/);
  });

  it('is not shown where there is no origin for it', async () => {
    Object.assign(product.app.get(AppSandbox), { openedAt: undefined });
    await expect(caller.call('GET', at())).rejects.toThrow(/ → 409 .*apps_off/);
  });

  it('calls the tools of its service, on record as its own act', async () => {
    const answer = await caller.call('POST', at('/calls'), { tool: 'move', arguments: { to: 'e4' } });
    expect(answer).toMatchObject({ callId: expect.any(String), result: { content: [{ text: 'move done' }] } });
    expect(service.calls.at(-1)).toEqual({ tool: 'move', arguments: { to: 'e4' } });
    expect(await lastCall()).toMatchObject({ tool: 'move', door: 'app', status: 'success', chatId: conversation });
  });

  it.each(['explain', 'nothing', 'echo'])(
    'may not call %s: the refusal is on record, and nothing is sent',
    async (tool) => {
      const before = service.calls.length;
      const call = caller.call('POST', at('/calls'), { tool, arguments: {} });
      await expect(call).rejects.toThrow(/ → 404 .*tool_not_found/);
      expect(service.calls).toHaveLength(before);
      expect(await lastCall()).toMatchObject({ tool, door: 'app', status: 'denied' });
    },
  );

  it('is not taken for a person where a person has to approve', async () => {
    await product.owner.call('PUT', `/api/mcp/services/${serviceId}/tools/move/policy`, { approval: 'always' });
    const call = caller.call('POST', at('/calls'), { tool: 'move', arguments: {} });
    await expect(call).rejects.toThrow('approval_required');
    await product.owner.call('PUT', `/api/mcp/services/${serviceId}/tools/move/policy`, { approval: 'never' });
  });

  it('has tools that no model is offered', async () => {
    const principal = await product.app.get(Authenticator).authenticate({ authorization: `Bearer ${ann.key}` });
    const offered = product.app.get(ToolsOnOffer).list(principal, [serviceId], 'en');
    expect(offered.map(({ name, hasApp }) => [name, hasApp])).toEqual([
      ['explain', false],
      ['show_board', true],
    ]);
  });

  it('reads the resources of its service', async () => {
    expect(await caller.call('POST', at('/resources'), { uri: 'note://rules' })).toMatchObject({
      contents: [{ text: 'white begins' }],
    });
  });
});
