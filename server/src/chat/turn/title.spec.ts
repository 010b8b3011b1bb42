import { titleOf } from './title.js';

describe('the title of a conversation', () => {
  it('is a short first message as it is, on one line', () => expect(titleOf('  What is\n new? ')).toBe('What is new?'));

  it('ends at a word', () => expect(titleOf(`${'word '.repeat(30)}`)).toMatch(/^(word ){11}word…$/));

  it('does not cut Chinese or emoji in the middle', () => {
    expect(titleOf('请'.repeat(100))).toBe(`${'请'.repeat(60)}…`);
    expect(titleOf('👩‍👩‍👧‍👦'.repeat(100)).length).toBeLessThanOrEqual(200);
  });
});
