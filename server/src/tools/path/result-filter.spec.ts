import { Scrubber, aroundLongText, parseJsonAnswer } from '../../platform/index.js';
import { ResultFilter } from './result-filter.js';

const LONG = 'x'.repeat(50_000);
const SERVICE = { name: 'Weather' };

/** What a service answered with one text. */
const received = (text: string): { content: { text: string }[] } => {
  const json = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text }] } });
  return (parseJsonAnswer(Buffer.from(json)) as { result: { content: { text: string }[] } }).result;
};

describe('the filter of a long answer', () => {
  let filter: ResultFilter;

  beforeEach(() => {
    const scrubber = new Scrubber();
    scrubber.learn('very-secret-value');
    filter = new ResultFilter(scrubber);
  });

  it('gives on what is clean, as it was written', () => {
    const answer = received(`${LONG}\n`);
    expect(filter.apply(answer, SERVICE)).toBe(answer);
    expect(aroundLongText(answer, (result) => result)).toBeDefined();
  });

  it.each([
    ['of a terminal', '\u001b[31mred', 'red'],
    ['of a terminal, in eight bits', '\u009b31mred', 'red'],
    ['that is a secret of ours', 'very-secret-value', '••••'],
  ])('takes out what is %s, and what was written goes nowhere', (_, foul, fair) => {
    const answer = filter.apply(received(LONG + foul), SERVICE);
    expect(answer.content[0]?.text).toBe(LONG + fair);
    expect(aroundLongText(answer, (result) => result)).toBeUndefined();
  });
});
