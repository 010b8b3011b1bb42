import { DICTIONARIES } from '../text/dictionary.js';
import { Announcer } from './announcer.js';
import { EMPTY_CONVERSATION, reduce, type Conversation } from './conversation.js';
import type { StreamChunk } from './stream-chunk.js';

const words = DICTIONARIES.en;
const ask = () => reduce(EMPTY_CONVERSATION, { type: 'asked', id: 'm', text: 'Hi' });
const feed = (state: Conversation, ...chunks: StreamChunk[]) =>
  chunks.reduce((now, chunk) => reduce(now, { type: 'chunk', chunk, at: 0 }), state);
const text = (delta: string): StreamChunk => ({ type: 'text-delta', id: '0', delta });

describe('Announcer', () => {
  it('says each sentence once, when it is whole', () => {
    const announcer = new Announcer();
    const first = feed(ask(), { type: 'text-start', id: '0' }, text('It rains. And'));
    expect(announcer.next(first, words)).toBe('It rains.');
    expect(announcer.next(first, words)).toBe('');
    const second = feed(first, text(' more'), { type: 'text-end', id: '0' });
    expect(announcer.next(second, words)).toBe('And more');
  });

  it('says how a call ended, and that an answer failed', () => {
    const announcer = new Announcer();
    const running = feed(ask(), {
      type: 'tool-input-available',
      toolCallId: 't',
      toolName: 'f',
      title: 'Forecast',
      input: {},
    });
    expect(announcer.next(running, words)).toBe('');
    const ended = feed(running, { type: 'tool-output-error', toolCallId: 't', errorText: 'x' });
    expect(announcer.next(ended, words)).toBe('Forecast: Failed.');
    const failed = reduce(ended, { type: 'failed', failure: { code: 'internal', message: 'Broken.', remedy: '' } });
    expect(announcer.next(failed, words)).toBe('Broken.');
  });

  it('does not recite a conversation that was opened, and speaks of the next answer', () => {
    const announcer = new Announcer();
    const opened = reduce(EMPTY_CONVERSATION, {
      type: 'opened',
      messages: [{ id: 'a', role: 'assistant', parts: [{ type: 'text', text: 'Old.' }] }],
    });
    expect(announcer.next(opened, words)).toBe('');
    const asked = feed(
      reduce(opened, { type: 'asked', id: 'm', text: 'Hi' }),
      { type: 'text-start', id: '0' },
      text('New. '),
    );
    expect(announcer.next(asked, words)).toBe('New.');
  });
});
