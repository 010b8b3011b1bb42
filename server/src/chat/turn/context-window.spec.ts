import type { ModelMessage } from 'ai';
import { estimateTokens, newestTurns, promptBudget, withoutOldResults } from './context-window.js';

const said = (role: 'user' | 'assistant', text: string): ModelMessage => ({ role, content: text });
const result = (text: string): ModelMessage => ({
  role: 'tool',
  content: [{ type: 'tool-result', toolCallId: 't', toolName: 'x', output: { type: 'text', value: text } }],
});

describe('the context window', () => {
  it('keeps a quarter free for the answer', () => {
    expect(promptBudget(8_000, 1_000)).toBe(5_000);
    expect(promptBudget(1_000, 5_000)).toBe(0);
  });

  it('counts Chinese characters as tokens of their own', () => {
    expect(estimateTokens('你好世界')).toBe(4);
    expect(estimateTokens('abcdef')).toBe(2);
  });

  it('drops whole turns, oldest first, so that no result loses its question', () => {
    const long = 'x'.repeat(3_000);
    const messages = [said('user', 'first'), said('assistant', long), said('user', 'second'), said('assistant', 'ok')];
    expect(newestTurns(messages, 500)).toEqual(messages.slice(2));
    expect(newestTurns(messages, 50_000)).toEqual(messages);
  });

  it('always keeps the newest question, however long', () => {
    const messages = [said('user', 'old'), said('user', 'y'.repeat(9_000))];
    expect(newestTurns(messages, 10)).toEqual([messages[1]]);
  });

  it('leaves out older tool results until the rest fits, and never the newest message', () => {
    const messages = [
      said('user', 'q'),
      result('a'.repeat(3_000)),
      result('b'.repeat(3_000)),
      result('c'.repeat(3_000)),
    ];
    const kept = withoutOldResults(messages, 2_400);
    expect(JSON.stringify(kept[1])).toContain('left out');
    expect(kept.slice(2)).toEqual(messages.slice(2));
    expect(withoutOldResults(messages, 0)[3]).toBe(messages[3]);
  });
});
