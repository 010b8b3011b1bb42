import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallOrigin } from '../../tools/index.js';
import { ADDRESSES_OF_MANY } from '../catalogue/addresses.js';
import { legacyConversation } from './legacy-conversation.js';

/** As much of a request as a conversation with a legacy client needs; what the client is sent ends in `sent`. */
function requestOf(sent: unknown[]): ServerContext {
  const peer = {
    capabilities: { sampling: {} },
    knowsUrlMode: true,
    logLevel: undefined,
    tellComplete: () => undefined,
  };
  const caller = {
    principal: { userId: 'ann' },
    catalogue: { key: '' },
    gone: new AbortController().signal,
    legacy: { isReachable: true, peer },
  };
  const mcpReq = {
    signal: new AbortController().signal,
    notify: () => Promise.resolve(),
    send: (message: unknown) => {
      sent.push(message);
      return Promise.resolve({ role: 'assistant', model: 'm', content: { type: 'text', text: 'yes' } });
    },
  };
  return { mcpReq, http: { authInfo: { extra: { caller } } } } as unknown as ServerContext;
}

describe('a conversation with a legacy client', () => {
  it('shows resources in questions under the endpoint’s addresses', async () => {
    const sent: unknown[] = [];
    const link = (uri: string) => ({
      role: 'user',
      content: { type: 'tool_result', toolUseId: '1', content: [{ type: 'resource_link', uri, name: 'x' }] },
    });
    const ask = ({ counterpart }: CallOrigin): Promise<unknown> =>
      counterpart?.ask(
        { method: 'sampling/createMessage', params: { messages: [link('file:///a')], maxTokens: 1 } },
        new AbortController().signal,
      ) ?? Promise.reject(new Error('nobody to ask'));
    await legacyConversation(requestOf(sent), { slug: 'files', addresses: ADDRESSES_OF_MANY }, ask);
    expect(sent).toEqual([
      { method: 'sampling/createMessage', params: { messages: [link('gatehouse://files/file:///a')], maxTokens: 1 } },
    ]);
  });
});
