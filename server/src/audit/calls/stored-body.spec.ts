import { Scrubber, parseJsonAnswer } from '../../platform/index.js';
import { storedBody } from './stored-body.js';

const SECRET = 'very-secret-value';
const PREVIEW = 8 * 1024;

/** The result in an answer, as it comes from a service. */
const received = (text: string, more: object = {}): object => {
  const json = JSON.stringify({ jsonrpc: '2.0', id: 1, result: { ...more, content: [{ type: 'text', text }] } });
  return (parseJsonAnswer(Buffer.from(json)) as { result: object }).result;
};

describe('the stored body of a long answer', () => {
  let scrubber: Scrubber;

  beforeEach(() => {
    scrubber = new Scrubber();
    scrubber.learn(SECRET);
  });

  /** The same body, of which nobody knows how it was written. */
  const anew = (body: object) => storedBody(structuredClone(body), scrubber);

  it.each([
    ['plain', 'x'.repeat(100_000)],
    ['of other letters', '苏黎世\n'.repeat(50_000)],
    ['with a secret at its beginning', `${SECRET} ${'x'.repeat(100_000)}`],
    ['with a secret across the end of what is kept', 'x'.repeat(PREVIEW - 45) + SECRET + 'x'.repeat(100_000)],
    ['with a secret behind it', 'x'.repeat(100_000) + SECRET],
  ])('is the same whether it is known how it was written or not: %s', (_, text) => {
    const body = received(text);
    const stored = storedBody(body, scrubber);
    expect(stored).toEqual(anew(body));
    expect(stored.kept).not.toContain(SECRET.slice(0, 8));
    expect(stored.bytes).toBe(Buffer.byteLength(JSON.stringify(body)));
  });

  it('is kept whole up to 64 Ki characters', () => {
    const body = received('x'.repeat(40_000));
    expect(storedBody(body, scrubber).kept).toBe(JSON.stringify(body));
  });

  it('hides what is named like a secret', () => {
    const { kept } = storedBody(received('x'.repeat(100_000), { a: 1, password: 'hunter2' }), scrubber);
    expect(kept).not.toContain('hunter2');
  });
});
