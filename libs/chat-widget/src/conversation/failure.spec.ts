import { ERRORS } from '@gatehouse/contracts';

import { actFor, readFailure } from './failure.js';

describe('actFor', () => {
  it('obeys the server', () => {
    expect(actFor({ code: 'access_denied', message: '', remedy: '', act: 'retry' })).toBe('retry');
  });

  it.each(Object.keys(ERRORS))('has one act for %s', (code) => {
    expect(['retry', 'choose-another', 'ask-access', 'edit-arguments', 'sign-in']).toContain(
      actFor({ code, message: '', remedy: '' }),
    );
  });

  it('knows the families by heart', () => {
    expect(actFor({ code: 'embed_token_invalid', message: '', remedy: '' })).toBe('sign-in');
    expect(actFor({ code: 'access_denied', message: '', remedy: '' })).toBe('ask-access');
    expect(actFor({ code: 'model_unavailable', message: '', remedy: '' })).toBe('retry');
  });
});

describe('readFailure', () => {
  it('takes over known fields only', () => {
    const text = JSON.stringify({
      code: 'x',
      message: 'm',
      remedy: 7,
      html: '<b>',
      fields: [{ path: 'a', message: 'b' }, 3],
    });
    expect(readFailure(text)).toEqual({
      code: 'x',
      message: 'm',
      remedy: '',
      requestId: '',
      fields: [{ path: 'a', message: 'b' }],
    });
  });

  it.each(['', 'plain', '[1]', '{"message":5}', 'null'])('keeps %p as the sentence', (text) => {
    expect(readFailure(text)).toEqual({ code: 'internal', message: text, remedy: '' });
  });
});
