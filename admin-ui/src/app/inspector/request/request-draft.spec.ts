import type { TrafficFrame } from '@gatehouse/api-client';
import { RequestDraft, substanceOf } from './request-draft';

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

  it('counts answers of both revisions as the same that say the same', () => {
    const meta = { 'io.modelcontextprotocol/serverInfo': { name: 'x' } };
    const old = { id: 7, result: { content: [1], isError: false } };
    const now = { id: 1, result: { isError: false, content: [1], resultType: 'complete', _meta: meta } };
    expect(substanceOf(now)).toBe(substanceOf(old));
    expect(substanceOf({ ...now, result: { ...now.result, content: [2] } })).not.toBe(substanceOf(old));
    expect(substanceOf({ id: 1, error: { code: 1 } })).not.toBe(substanceOf(undefined));
  });
});
