import { insideTarget } from './inside-target';

describe('the way back after signing in', () => {
  it('leads to a page of the console', () => expect(insideTarget('/audit?call=1')).toBe('/audit?call=1'));
  it.each([undefined, '', 'https://evil.example', '//evil.example'])('never leads away: %p', (next) =>
    expect(insideTarget(next)).toBe('/'),
  );
});
