import { fillTemplate, templateVariables } from './uri-template';

describe('URI templates', () => {
  it('lists each variable once', () => {
    expect(templateVariables('demo://{a}/{b}/{a}{?q,page*}')).toEqual(['a', 'b', 'q', 'page']);
  });

  // RFC 6570 §3.2, with single values.
  it.each([
    ['demo://text/{id}', { id: '1' }, 'demo://text/1'],
    ['x://{path}', { path: 'a/b c' }, 'x://a%2Fb%20c'],
    ['x://{+path}', { path: 'a/b c' }, 'x://a/b%20c'],
    ['x://h{?q,page}', { q: 'a&b', page: '2' }, 'x://h?q=a%26b&page=2'],
    ['x://h{?q,page}', { page: '2' }, 'x://h?page=2'],
    ['x://h{/a,b}', { a: '1', b: '2' }, 'x://h/1/2'],
    ['x://h{?q}', {}, 'x://h'],
  ])('fills %s with %j', (template, values, uri) => {
    expect(fillTemplate(template, values)).toBe(uri);
  });
});
