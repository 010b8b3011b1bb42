import { contentParts, resourceParts } from './content-part';

describe('sorting foreign content', () => {
  it('shows raster images and audio as such', () => {
    expect(contentParts([{ type: 'image', data: 'AAAA', mimeType: 'image/png' }])[0]).toEqual({
      kind: 'image',
      source: 'data:image/png;base64,AAAA',
      mimeType: 'image/png',
      bytes: 3,
    });
    expect(contentParts([{ type: 'audio', data: 'AAAA', mimeType: 'audio/wav' }])[0]?.kind).toBe('audio');
  });

  it.each(['image/svg+xml', 'text/html', 'application/pdf'])(
    'offers %s as a file, never as something to render',
    (mimeType) => {
      expect(contentParts([{ type: 'image', data: 'AAAA', mimeType }])[0]?.kind).toBe('binary');
    },
  );

  it('builds no data address from something that is not base64', () => {
    expect(contentParts([{ type: 'image', data: '"><script>', mimeType: 'image/png' }])[0]?.kind).toBe('other');
  });

  it('reads JSON in a text but keeps the text', () => {
    expect(contentParts([{ type: 'text', text: '{"a":1}' }])[0]).toEqual({
      kind: 'text',
      text: '{"a":1}',
      json: { a: 1 },
    });
    expect(contentParts([{ type: 'text', text: '{broken' }])[0]).toEqual({ kind: 'text', text: '{broken' });
  });

  it('keeps a link a link', () => {
    const block = { type: 'resource_link', uri: 'javascript:alert(1)', name: 'x' };
    expect(contentParts([block])[0]).toMatchObject({ kind: 'link', uri: 'javascript:alert(1)' });
  });

  it('sorts embedded and read resources alike', () => {
    const resource = { uri: 'demo://a/b c.bin', blob: 'AAAA' };
    expect(contentParts([{ type: 'resource', resource }])).toEqual(resourceParts([resource]));
    expect(resourceParts([resource])[0]).toMatchObject({ kind: 'binary', name: 'b_c.bin' });
  });

  it('hands on what it does not know', () => {
    expect(contentParts([{ type: 'hologram' }])[0]).toEqual({ kind: 'other', value: { type: 'hologram' } });
  });
});
