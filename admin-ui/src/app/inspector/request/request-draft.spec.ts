import type { TrafficFrame } from '@gatehouse/api-client';
import { RequestDraft } from './request-draft';

describe('a request by hand', () => {
  it('takes over what a client sent, but for what was about that client', () => {
    const draft = new RequestDraft();
    const params = {
      name: 'echo',
      _meta: { progressToken: 1, 'io.modelcontextprotocol/clientInfo': { name: 'x' }, traceparent: '00-1' },
    };
    draft.take(
      '/mcp/s/wiki',
      { message: { id: 7, method: 'tools/call', params } } as unknown as TrafficFrame,
      { message: { id: 7, result: {} } } as unknown as TrafficFrame,
    );
    expect([draft.endpoint(), draft.method()]).toEqual(['/mcp/s/wiki', 'tools/call']);
    expect(JSON.parse(draft.params())).toEqual({ name: 'echo', _meta: { traceparent: '00-1' } });
    expect(draft.original()).toEqual({ id: 7, result: {} });
  });
});
