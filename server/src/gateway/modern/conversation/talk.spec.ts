import type { Question } from '../../../clients/index.js';
import {
  BEGINNING,
  MAX_ROUNDS,
  isExhausted,
  parked,
  resumed,
  withQuestion,
  withoutQuestion,
  type Talk,
} from './talk.js';

const question = (message: string): Question => ({ method: 'elicitation/create', params: { message } });

function asking(talk: Talk, message: string): Talk {
  const asked = withQuestion(talk, question(message));
  if (!asked) throw new Error('The talk was not to be exhausted.');
  return asked.talk;
}

const keysOf = ({ open }: Talk): string[] => open.map(({ key }) => key);

describe('a call that talks with its client', () => {
  const two = asking(asking(BEGINNING, 'a'), 'b');

  it('gives every question a key of its own, never one twice', () => {
    expect(keysOf(two)).toEqual(['question-1', 'question-2']);
    expect(keysOf(asking(withoutQuestion(two, 'question-2'), 'c'))).toEqual(['question-1', 'question-3']);
  });

  it('sends the client away with all that is open', () => {
    expect(parked(two)).toMatchObject({ phase: 'parked', rounds: 1, shown: ['question-1', 'question-2'] });
  });

  it.each<[string, string[], string[], string[]]>([
    ['all answers', ['question-1', 'question-2'], ['question-1', 'question-2'], []],
    ['some answers', ['question-2'], ['question-2'], ['question-1']],
    ['no answer', [], [], ['question-1', 'question-2']],
    ['answers to what nobody asked', ['question-9', '__proto__'], [], ['question-1', 'question-2']],
  ])('takes %s when the client is back, and keeps the rest open', (_, answered, counting, open) => {
    const back = resumed(parked(two), answered);
    expect(back.counting).toEqual(counting);
    expect(keysOf(back.talk)).toEqual(open);
    expect(back.talk.phase).toBe('talking');
  });

  it('does not take an answer to what came while the client was away', () => {
    const back = resumed(asking(parked(two), 'late'), ['question-1', 'question-3']);
    expect(back.counting).toEqual(['question-1']);
    expect(keysOf(back.talk)).toEqual(['question-2', 'question-3']);
  });

  it('does not take an answer to what the service withdrew meanwhile', () => {
    expect(resumed(withoutQuestion(parked(two), 'question-1'), ['question-1']).counting).toEqual([]);
  });

  it('sends a client back a bounded number of times', () => {
    let talk = asking(BEGINNING, 'again');
    for (let round = 1; round <= MAX_ROUNDS; round += 1) {
      expect(isExhausted(talk)).toBe(false);
      talk = resumed(parked(talk), []).talk;
    }
    expect(isExhausted(talk)).toBe(true);
    expect(withQuestion(talk, question('more'))).toBeUndefined();
  });
});
