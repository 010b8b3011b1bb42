import { ProtocolError } from '@modelcontextprotocol/client';
import { InputUnavailable, LinkRequired } from '../dialogue.js';
import { explainRefusal } from './explain-refusal.js';
import { PendingLinks } from './pending-links.js';

const explained = (code: number, data?: unknown, unavailable?: InputUnavailable): unknown =>
  explainRefusal(ProtocolError.fromError(code, 'no', data), {
    service: 'Spec',
    counterpart: undefined,
    links: new PendingLinks(),
    unavailable,
  });

const link = { mode: 'url', elicitationId: 'e', url: 'https://example.com/', message: 'm' };

describe('a service’s refusal of a call', () => {
  it('names the capability that it misses', () => {
    const refusal = explained(-32_021, { requiredCapabilities: { elicitation: { url: {} }, sampling: {} } });
    expect(refusal).toMatchObject({ code: 'input_unavailable', details: { capability: 'elicitation.url, sampling' } });
  });

  it.each([undefined, {}, { requiredCapabilities: 'all' }, { requiredCapabilities: { ['x'.repeat(5_000)]: {} } }])(
    'stays bounded when what it misses is no list of capabilities (%#)',
    (data) => {
      expect(explained(-32_021, data)).toMatchObject({ requiredCapabilities: {}, details: { capability: '?' } });
    },
  );

  it('has only such addresses opened as may be shown', () => {
    const elicitations = [link, { ...link, url: 'javascript:alert(1)' }, { ...link, elicitationId: '' }, 'x', null];
    const refusal = explained(-32_042, { elicitations });
    expect(refusal).toBeInstanceOf(LinkRequired);
    expect((refusal as LinkRequired).elicitations).toEqual([link]);
    expect(explained(-32_042, { elicitations: elicitations.slice(1) })).toBeInstanceOf(ProtocolError);
  });

  it('is put down to what was asked in vain, and to nothing else', () => {
    const unavailable = new InputUnavailable('Spec', { roots: {} });
    expect(explained(-32_603, undefined, unavailable)).toBe(unavailable);
    expect(explained(-32_603)).toMatchObject({ code: -32_603 });
    const broken = new Error('connection closed');
    const call = { service: 'Spec', counterpart: undefined, links: new PendingLinks(), unavailable };
    expect(explainRefusal(broken, call)).toBe(broken);
  });
});
