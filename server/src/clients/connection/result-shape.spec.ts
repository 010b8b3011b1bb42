import { MalformedResult, checkShape } from './result-shape.js';

describe('the least shape of a result', () => {
  it.each([
    ['tools/call', { content: [], extra: 1 }],
    ['tools/call', { content: [{ type: 'audio', data: '', mimeType: 'audio/wav', unknown: true }] }],
    ['resources/read', { contents: [{ uri: 'a:b', blob: '' }] }],
    ['prompts/get', { messages: [{ role: 'user', content: { type: 'resource_link', uri: 'a:b', name: 'b' } }] }],
    ['resources/read', { contents: [] }],
    ['prompts/get', { messages: [], description: 'x' }],
    ['completion/complete', { anything: true }],
  ])('lets a result of %s through untouched', (method, result) => {
    expect(checkShape(method, result)).toBe(result);
  });

  it('takes a tool answer without content for an empty one', () => {
    expect(checkShape('tools/call', { structuredContent: 7 })).toEqual({ structuredContent: 7, content: [] });
  });

  it.each([
    ['tools/call', { content: 'text' }],
    ['resources/read', {}],
    ['prompts/get', { messages: {} }],
    ['tools/call', { content: [{ type: 'text', text: 'good' }, null] }],
    ['tools/call', { content: [{ type: 'text', text: 5 }] }],
    ['tools/call', { content: [{ type: 'constructor' }] }],
    ['tools/call', { content: [{ type: 'image', data: 'AAEC' }] }],
    ['tools/call', { content: [{ type: 'resource', resource: { uri: 'a:b' } }] }],
    ['resources/read', { contents: [{ text: 'x' }] }],
    ['prompts/get', { messages: [{ role: 'user' }] }],
  ])('refuses a result of %s of another shape', (method, result) => {
    expect(() => checkShape(method, result)).toThrow(MalformedResult);
  });
});
