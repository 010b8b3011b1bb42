import fc from 'fast-check';
import { appPolicyHeader, featuresAsked, readAppPolicy } from './app-policy.js';

const NOTHING = { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] };
const headerOf = (csp: unknown): string => appPolicyHeader(readAppPolicy(csp, undefined), 'https://host.example');

describe('the policy of an app', () => {
  it('lets it reach nothing unless it asks', () => {
    for (const csp of [undefined, null, 'connectDomains', [], {}, { connectDomains: 'https://a.example' }])
      expect(readAppPolicy(csp, undefined)).toEqual(NOTHING);
    expect(headerOf(undefined)).toBe(
      "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
        "media-src 'self' data:; font-src 'self'; connect-src 'none'; frame-src 'none'; object-src 'none'; " +
        "worker-src 'none'; base-uri 'self'; form-action 'none'; frame-ancestors https://host.example",
    );
  });

  it('lets it reach the origins that it names, each for its purpose', () => {
    const header = headerOf({
      connectDomains: ['https://api.example.com', 'wss://live.example.com:8443'],
      resourceDomains: ['https://*.cdn.example.com'],
      frameDomains: ['https://maps.example.com'],
      baseUriDomains: ['https://base.example.com'],
    });
    expect(header).toContain('connect-src https://api.example.com wss://live.example.com:8443;');
    expect(header).toContain("script-src 'self' 'unsafe-inline' https://*.cdn.example.com;");
    expect(header).toContain('frame-src https://maps.example.com;');
    expect(header).toContain('base-uri https://base.example.com;');
  });

  it.each([
    '*',
    'https:',
    'https://*',
    "'unsafe-eval'",
    'data:',
    'blob:',
    'http://plain.example.com',
    'http://localhost:3000',
    'https://a.example; script-src *',
    'https://a.example, default-src *',
    'https://a.example https://b.example',
    'https://a.example\n',
    'https://user@a.example',
    'https://a.example/path',
    'javascript:alert(1)',
    '',
    42,
  ])('leaves out %j', (source) => {
    expect(readAppPolicy({ connectDomains: [source], resourceDomains: [source] }, undefined)).toEqual(NOTHING);
  });

  it('never lets it reach us past the call path', () => {
    expect(readAppPolicy({ connectDomains: ['https://gate.example'] }, 'https://gate.example').connectDomains).toEqual(
      [],
    );
  });

  it('stays one header of the same directives, whatever is asked', () => {
    const anything = fc.dictionary(
      fc.constantFrom('connectDomains', 'resourceDomains', 'frameDomains', 'baseUriDomains'),
      fc.array(fc.oneof(fc.string(), fc.webUrl(), fc.constant('https://a.example'))),
    );
    fc.assert(
      fc.property(anything, (csp) => {
        const directives = headerOf(csp)
          .split('; ')
          .map((directive) => directive.split(' ')[0]);
        expect(directives).toEqual(
          headerOf(undefined)
            .split('; ')
            .map((directive) => directive.split(' ')[0]),
        );
        expect(headerOf(csp)).not.toMatch(/[,\r\n]|unsafe-eval|\*(?!\.)/);
      }),
    );
  });
});

describe('features that an app asks for', () => {
  it.each([
    [{ camera: {}, clipboardWrite: {} }, ['camera', 'clipboard-write']],
    [{ usb: {}, constructor: {}, toString: {} }, []],
    [undefined, []],
    ['camera', []],
  ])('%j: %j', (permissions, features) => expect(featuresAsked(permissions)).toEqual(features));
});
