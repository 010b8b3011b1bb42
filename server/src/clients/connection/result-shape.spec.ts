import { MalformedResult, checkShape } from './result-shape.js';

describe('the least shape of a result', () => {
  it.each([
    ['tools/call', { content: [], extra: 1 }],
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
  ])('refuses a result of %s of another shape', (method, result) => {
    expect(() => checkShape(method, result)).toThrow(MalformedResult);
  });
});
