import { readResult, SHOWN_CHARACTERS } from './tool-result.js';

const result = (...content: unknown[]) => readResult({ content });

describe('readResult', () => {
  it('keeps text as text, markup included', () => {
    expect(result({ type: 'text', text: '<img src=x onerror=alert(1)>' })).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>', cut: false },
    ]);
  });

  it('sets text that is JSON in lines', () => {
    expect(result({ type: 'text', text: '{"a":[1]}' })).toEqual([
      { kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}', cut: false },
    ]);
    expect(result({ type: 'text', text: '{not json' })).toMatchObject([{ kind: 'text' }]);
  });

  it('shows pictures of safe formats only', () => {
    expect(result({ type: 'image', mimeType: 'image/png', data: 'AAAA' })).toEqual([
      { kind: 'image', source: 'data:image/png;base64,AAAA' },
    ]);
    expect(result({ type: 'image', mimeType: 'image/svg+xml', data: 'AAAA' })).toEqual([
      { kind: 'other', mimeType: 'image/svg+xml' },
    ]);
    expect(result({ type: 'image', mimeType: 'image/png', data: '"onerror=' })).toMatchObject([{ kind: 'other' }]);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'memo://1', 'nonsense'])('makes no link of %s', (uri) => {
    expect(result({ type: 'resource_link', uri, name: 'N' })).toEqual([
      { kind: 'link', href: '', name: 'N', description: '' },
    ]);
  });

  it('makes a link of a web address', () => {
    expect(
      result({ type: 'resource_link', uri: 'https://a.example/x', title: 'T', name: 'n', description: 'D' }),
    ).toEqual([{ kind: 'link', href: 'https://a.example/x', name: 'T', description: 'D' }]);
  });

  it('reads embedded resources', () => {
    expect(result({ type: 'resource', resource: { uri: 'a', text: 'hi' } })).toMatchObject([
      { kind: 'text', text: 'hi' },
    ]);
    expect(result({ type: 'resource', resource: { uri: 'a', mimeType: 'image/gif', blob: 'AAAA' } })).toMatchObject([
      { kind: 'image' },
    ]);
    expect(result({ type: 'resource', resource: { uri: 'a', mimeType: 'application/pdf', blob: 'AAAA' } })).toEqual([
      { kind: 'other', mimeType: 'application/pdf' },
    ]);
  });

  it('shows structured content once', () => {
    const structuredContent = { a: 1 };
    expect(readResult({ content: [{ type: 'text', text: '{"a":1}' }], structuredContent })).toHaveLength(1);
    expect(readResult({ content: [{ type: 'text', text: 'one' }], structuredContent })).toHaveLength(2);
  });

  it('shows the beginning of a long text and says so', () => {
    const [item] = result({ type: 'text', text: 'x'.repeat(SHOWN_CHARACTERS + 1) });
    expect(item).toMatchObject({ cut: true });
    expect(item?.kind === 'text' && item.text.length).toBe(SHOWN_CHARACTERS);
  });

  it.each([null, undefined])('has nothing to show for %p', (value) => expect(readResult(value)).toEqual([]));

  it.each([[3], [{ type: 'future', x: 1 }], [null], ['text']])('shows %p, which it does not know, as JSON', (block) => {
    expect(result(block)).toMatchObject([{ kind: 'json' }]);
  });
});
