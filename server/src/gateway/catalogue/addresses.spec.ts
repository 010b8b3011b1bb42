import { UriTemplate } from '@modelcontextprotocol/server';
import fc from 'fast-check';
import { ADDRESSES_OF_MANY, addressesOfOne } from './addresses.js';

const { toPublic: toPublicUri, fromPublic: fromPublicUri } = ADDRESSES_OF_MANY;

/** Apps are addressed in another way than everything else. */
const anyUri = fc
  .tuple(fc.constantFrom('', '', 'ui://', 'ui:', 'gatehouse://'), fc.string({ minLength: 1, unit: 'binary' }))
  .map((parts) => parts.join(''));
const slug = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,40}$/);

describe('public resource URIs', () => {
  it('puts the service in front of its own URI', () => {
    expect(toPublicUri({ slug: 'everything', uri: 'demo://resource/static/1' })).toBe(
      'gatehouse://everything/demo://resource/static/1',
    );
  });

  it('keeps the scheme of apps, for hosts render nothing else', () => {
    expect(toPublicUri({ slug: 'clock', uri: 'ui://get-time/mcp-app.html' })).toBe('ui://clock/get-time/mcp-app.html');
    expect(fromPublicUri('ui://clock/get-time/mcp-app.html')).toEqual({
      slug: 'clock',
      uri: 'ui://get-time/mcp-app.html',
    });
  });

  it('comes back to exactly what went in', () => {
    fc.assert(
      fc.property(slug, anyUri, (service, uri) => {
        expect(fromPublicUri(toPublicUri({ slug: service, uri }))).toEqual({ slug: service, uri });
      }),
    );
  });

  it('never maps two resources to one address', () => {
    const resource = fc.record({ slug, uri: anyUri });
    fc.assert(
      fc.property(resource, resource, (a, b) => {
        fc.pre(a.slug !== b.slug || a.uri !== b.uri);
        expect(toPublicUri(a)).not.toBe(toPublicUri(b));
      }),
    );
  });

  it('lets a template be filled in before or after', () => {
    fc.assert(
      fc.property(slug, fc.webSegment(), (service, value) => {
        const template = 'file:///logs/{day}?tail={day}';
        const filledFirst = toPublicUri({ slug: service, uri: new UriTemplate(template).expand({ day: value }) });
        const filledLast = new UriTemplate(toPublicUri({ slug: service, uri: template })).expand({ day: value });
        expect(filledLast).toBe(filledFirst);
      }),
    );
  });

  it.each([
    'demo://resource/1',
    'gatehouse://files',
    'gatehouse://files/',
    'gatehouse:///x',
    'gatehouse://clock/ui://get-time/app',
    'ui://',
    'ui://clock',
    'ui://clock/',
    'UI://clock/app',
    'gatehouse://A/x',
    'GATEHOUSE://a/x',
    '',
  ])('does not take %j for one of ours', (address) => expect(fromPublicUri(address)).toBeUndefined());
});

describe('URIs of one service', () => {
  it('stay as the service wrote them', () => {
    const { toPublic, fromPublic } = addressesOfOne('files');
    expect(toPublic({ slug: 'files', uri: 'test://static-text' })).toBe('test://static-text');
    expect(fromPublic('test://static-text')).toEqual({ slug: 'files', uri: 'test://static-text' });
    expect(fromPublic('')).toBeUndefined();
  });
});
