/** @jest-environment node */
import { jest } from '@jest/globals';
import { InMemoryTransport, type JSONRPCMessage } from '@modelcontextprotocol/client';
import type { AppApi } from './app-api.js';
import { bridgeFor, type AppPlaceholder } from './app-bridge.js';

const HELLO = { appInfo: { name: 'board', version: '1' }, appCapabilities: {}, protocolVersion: '2026-01-26' };
const CALL = { input: { city: 'Bern' }, output: { content: [{ type: 'text' as const, text: '21 °C' }] } };

/** The app's side of the bridge, by hand. */
class App {
  readonly heard: { method: string; params: unknown }[] = [];
  private readonly answers = new Map<number, (message: JSONRPCMessage) => void>();
  private count = 0;

  constructor(private readonly transport: InMemoryTransport) {
    transport.onmessage = (message) => {
      if ('method' in message) this.heard.push({ method: message.method, params: message.params });
      else this.answers.get(Number(message.id))?.(message);
    };
  }

  async ask(method: string, params: object): Promise<unknown> {
    const id = (this.count += 1);
    const answer = new Promise<JSONRPCMessage>((resolve) => this.answers.set(id, resolve));
    await this.transport.send({ jsonrpc: '2.0', id, method, params: { ...params } });
    const message = await answer;
    return 'result' in message ? message.result : 'error' in message && { refused: message.error.message };
  }

  tell(method: string, params: object = {}): Promise<void> {
    return this.transport.send({ jsonrpc: '2.0', method, params: { ...params } });
  }
}

describe('the bridge to an app', () => {
  let app: App;
  let place: { [Act in keyof AppPlaceholder]: jest.Mock<AppPlaceholder[Act]> };
  let api: { [Act in keyof AppApi]: jest.Mock<AppApi[Act]> };

  beforeEach(async () => {
    place = {
      started: jest.fn(),
      resize: jest.fn(),
      display: jest.fn<AppPlaceholder['display']>((mode) => mode),
      askToOpen: jest.fn<AppPlaceholder['askToOpen']>().mockResolvedValue(true),
      askToSay: jest.fn<AppPlaceholder['askToSay']>().mockResolvedValue(true),
      offer: jest.fn(),
      end: jest.fn(),
    };
    api = {
      page: jest.fn(),
      call: jest.fn<AppApi['call']>().mockResolvedValue({ callId: 'c1', result: { content: [] } }),
      read: jest.fn<AppApi['read']>().mockResolvedValue({ contents: [] }),
    };
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    app = new App(theirs);
    await theirs.start();
    await bridgeFor('<p>', CALL, api, place, { locale: 'en' }).connect(ours);
  });

  const isReady = async (): Promise<void> => {
    await app.ask('ui/initialize', HELLO);
    await app.tell('ui/notifications/initialized');
  };
  const heardOf = (): string[] => app.heard.map(({ method }) => method);

  it('hands over the page when the frame is there, and tells nothing before the app is ready', async () => {
    await app.tell('ui/notifications/sandbox-proxy-ready');
    await app.ask('ui/initialize', HELLO);
    expect(app.heard).toEqual([{ method: 'ui/notifications/sandbox-resource-ready', params: { html: '<p>' } }]);
    expect(place.started).not.toHaveBeenCalled();
    await app.tell('ui/notifications/initialized');
    await app.ask('ping', {});
    expect(app.heard.slice(1)).toEqual([
      { method: 'ui/notifications/tool-input', params: { arguments: CALL.input } },
      { method: 'ui/notifications/tool-result', params: CALL.output },
    ]);
    expect(place.started).toHaveBeenCalledTimes(1);
    expect(heardOf()).not.toContain('tools/list');
  });

  it('calls and reads by way of the gateway, and passes its refusals on', async () => {
    await isReady();
    expect(await app.ask('tools/call', { name: 'move', arguments: { to: 'e4' } })).toEqual({ content: [] });
    expect(api.call).toHaveBeenCalledWith('move', { to: 'e4' }, expect.any(AbortSignal));
    expect(await app.ask('resources/read', { uri: 'note://rules' })).toEqual({ contents: [] });
    api.call.mockRejectedValueOnce(new Error('There is no tool explain that you may use.'));
    expect(await app.ask('tools/call', { name: 'explain' })).toEqual({
      refused: expect.stringContaining('no tool explain') as string,
    });
  });

  it('opens only addresses of the web, and only when the person agrees', async () => {
    await isReady();
    expect(await app.ask('ui/open-link', { url: 'javascript:alert(1)' })).toEqual({ isError: true });
    expect(place.askToOpen).not.toHaveBeenCalled();
    expect(await app.ask('ui/open-link', { url: 'https://example.com' })).toEqual({ isError: false });
    place.askToOpen.mockResolvedValueOnce(false);
    expect(await app.ask('ui/open-link', { url: 'https://example.com' })).toEqual({ isError: true });
  });

  it('says in the conversation only what the person agrees to', async () => {
    await isReady();
    const content = [{ type: 'text', text: 'move e4' }];
    expect(await app.ask('ui/message', { role: 'user', content })).toEqual({ isError: false });
    expect(place.askToSay).toHaveBeenCalledWith('move e4');
    place.askToSay.mockResolvedValueOnce(false);
    expect(await app.ask('ui/message', { role: 'user', content })).toEqual({ isError: true });
    expect(await app.ask('ui/message', { role: 'user', content: [] })).toEqual({ isError: true });
  });

  it('offers what is for the model to the person', async () => {
    await isReady();
    await app.ask('ui/update-model-context', { structuredContent: { move: 'e4' } });
    expect(place.offer).toHaveBeenCalledWith('{"move":"e4"}');
  });

  it('grows within bounds, and fills the screen or not', async () => {
    await isReady();
    await app.tell('ui/notifications/size-changed', { height: 100_000 });
    expect(await app.ask('ui/request-display-mode', { mode: 'fullscreen' })).toEqual({ mode: 'fullscreen' });
    expect(await app.ask('ui/request-display-mode', { mode: 'pip' })).toEqual({ mode: 'inline' });
    expect(place.resize.mock.calls).toEqual([[640]]);
  });
});
