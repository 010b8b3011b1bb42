import { appSource } from './app-html.js';

const MIME_TYPE = 'text/html;profile=mcp-app';

describe('the page of an app', () => {
  it('comes as text or base64, with what it asks of its host', () => {
    expect(appSource([{ mimeType: MIME_TYPE, text: '<p>', _meta: { ui: { csp: {} } } }], MIME_TYPE)).toEqual({
      html: '<p>',
      ui: { csp: {} },
    });
    const blob = Buffer.from('<p>时间</p>').toString('base64');
    expect(appSource([{ mimeType: 'text/html; profile=mcp-app', blob }], MIME_TYPE)).toEqual({
      html: '<p>时间</p>',
      ui: {},
    });
  });

  it.each([
    ['another type', [{ mimeType: 'text/html', text: '<p>' }], 'no content'],
    ['nothing', [], 'no content'],
    ['what is no content', [null, 'x', 4], 'no content'],
    ['a page without content', [{ mimeType: MIME_TYPE }], 'neither'],
    ['more than a frame should take', [{ mimeType: MIME_TYPE, text: 'x'.repeat(5_000_001) }], 'more than'],
  ])('is refused when it is %s', (_, contents, problem) => {
    expect(appSource(contents, MIME_TYPE)).toEqual({ problem: expect.stringContaining(problem) as string });
  });

  it('asks for nothing when what it asks cannot be read', () => {
    for (const _meta of [null, 'ui', { ui: 'all' }, { ui: null }])
      expect(appSource([{ mimeType: MIME_TYPE, text: '', _meta }], MIME_TYPE)).toMatchObject({ ui: {} });
  });
});
