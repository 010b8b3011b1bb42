import { nextSentences } from './sentences.js';

describe('nextSentences', () => {
  it('waits for the end of a sentence', () => {
    expect(nextSentences('It is rain', 0, false)).toEqual({ say: '', next: 0 });
    expect(nextSentences('It rains. And', 0, false)).toEqual({ say: 'It rains.', next: 9 });
  });

  it('goes on where it stopped', () => {
    expect(nextSentences('It rains. A lot! And', 9, false)).toEqual({ say: 'A lot!', next: 16 });
  });

  it('knows Chinese marks, which no space follows', () => {
    expect(nextSentences('今天下雨。明天', 0, false)).toEqual({ say: '今天下雨。', next: 5 });
  });

  it('does not break a number or a name', () => {
    expect(nextSentences('Version 3.14 of a.b', 0, false).say).toBe('');
  });

  it('says the rest when the answer is complete, without the signs of Markdown', () => {
    expect(nextSentences('See **the** [page](https://a.example) `now`', 0, true).say).toBe('See the page now');
  });
});
