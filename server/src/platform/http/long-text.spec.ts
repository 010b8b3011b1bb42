import fc from 'fast-check';
import { parseJsonAnswer } from './json-text.js';
import { LONG_TEXT, aroundLongText, isSurelyPlain } from './long-text.js';

interface Answer {
  readonly result: { readonly content: { type: string; text: string }[] };
}

const LONG = 'x'.repeat(LONG_TEXT);
const parsed = (json: string | Buffer): Answer => parseJsonAnswer(Buffer.from(json)) as Answer;
const blockOf = (answer: Answer): Answer['result']['content'][number] => answer.result.content[0];

/** As a service may write it: `text` is a JSON string. */
const answerWith = (text: string, more = ''): string =>
  `{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":${text}${more}}],"isError":false}}`;

describe('a long text in an answer', () => {
  it.each([
    ['plain', JSON.stringify(LONG)],
    ['with escapes that nobody else would have chosen', `"\\u0078\\/${LONG}\\ud83d\\ude00\\u00e9"`],
    ['of other letters', JSON.stringify('苏黎世'.repeat(LONG_TEXT / 2))],
    ['with half a character', `"${LONG}\\ud83d"`],
  ])('is given on as it was written: %s', (_, text) => {
    const answer = parsed(answerWith(text));
    const around = aroundLongText(answer.result, (result) => ({ id: 'other', result }));
    expect(around?.text.toString()).toBe(text);
    const whole = Buffer.concat([Buffer.from(around!.head), around!.text, Buffer.from(around!.tail)]);
    expect(JSON.parse(whole.toString())).toEqual({ id: 'other', result: answer.result });
    expect(around?.units).toBe(blockOf(answer).text.length);
  });

  it.each([
    ['is not long', answerWith('"short"')],
    ['is not the only one', answerWith(JSON.stringify(LONG), `,"title":${JSON.stringify(LONG)}`)],
    ['was overwritten by a second of that name', answerWith(JSON.stringify(LONG), ',"text":"short"')],
    ['is a name', answerWith('"short"', `,${JSON.stringify(LONG)}:1`)],
    ['is no text of the content', answerWith('"short"', `,"title":${JSON.stringify(LONG)}`)],
    ['is long only as it was written', answerWith(`"${'\\u0078'.repeat(LONG_TEXT / 2)}"`)],
  ])('is written anew when it %s', (_, json) =>
    expect(aroundLongText(parsed(json).result, (result) => result)).toBeUndefined(),
  );

  it('is written anew when it is not valid UTF-8', () => {
    const json = Buffer.from(answerWith(JSON.stringify(LONG)));
    json[json.indexOf('xxx')] = 0xff;
    expect(aroundLongText(parsed(json).result, (result) => result)).toBeUndefined();
  });

  it('is written anew when somebody has changed it', () => {
    const { result } = parsed(answerWith(JSON.stringify(LONG)));
    const changed = { content: result.content.map((block) => ({ ...block, text: `${block.text}!` })) };
    expect(aroundLongText(changed, (each) => each)).toBeUndefined();
  });

  it.each([
    ['plain', JSON.stringify(LONG)],
    ['of other letters', JSON.stringify('苏黎世'.repeat(LONG_TEXT))],
    ['with escapes', JSON.stringify(`${LONG}\n`)],
  ])('means what any parser makes of it: %s', (_, text) => {
    for (const json of [
      answerWith(text, ',"annotations":{"priority":1}'),
      answerWith('"short"', `,"title":${text}`),
      answerWith('"short"', `,${text}:1`),
      answerWith(text, ',"text":"short"'),
      text,
      `{"result":{"content":[{"type":"image","text":${text}}],"structuredContent":{"a":[1]}}}`,
    ])
      expect(parsed(json)).toEqual(JSON.parse(json));
  });

  it.each([
    ['a line that ends in it', `"${LONG}\n"`],
    ['another control character', `"${LONG}\u0001${LONG}"`],
  ])('is refused as no JSON with %s', (_, text) => {
    expect(() => parsed(answerWith(text))).toThrow('not valid JSON');
  });

  it('does not make valid what stands around it', () => {
    expect(() => parsed(`${answerWith(JSON.stringify(LONG))}}`)).toThrow('not valid JSON');
  });

  it.each(['image', 'audio'])('is also what an %s has in base64', (type) => {
    const { result } = parsed(
      `{"result":{"content":[{"type":"text","text":"a"},{"type":"${type}","data":"${LONG}","mimeType":"a/b"}]}}`,
    );
    const around = aroundLongText(result, (each) => each);
    expect(JSON.parse(`${around?.head}${around?.text.toString()}${around?.tail}`)).toEqual(result);
    expect(around?.units).toBe(LONG_TEXT);
  });

  it('survives copies of what it stands in', () => {
    const { result } = parsed(answerWith(JSON.stringify(LONG)));
    const copy = { ...result, content: [...result.content], _meta: { a: 1 } };
    expect(aroundLongText(copy, (each) => each)?.text).toHaveLength(LONG_TEXT + 2);
  });
});

describe('a long text without control characters', () => {
  const isPlain = (text: string, more = ''): boolean => {
    const block = blockOf(parsed(answerWith(text, more)));
    return isSurelyPlain(block, block.text);
  };

  it.each([
    ['nothing else', JSON.stringify(LONG), true],
    ['line ends, tabs and quotes', JSON.stringify(`${LONG}\n\r\t"\\/`), true],
    ['other letters', JSON.stringify(`${LONG}苏黎世é`), true],
    ['an escape character', JSON.stringify(`${LONG}\u001b[31m`), false],
    ['a backspace', `"${LONG}\\b"`, false],
    ['a form feed', `"${LONG}\\f"`, false],
    ['DEL', `"${LONG}\u007f"`, false],
    ['one of the second set, as it is', `"${LONG}\u009b31m"`, false],
    ['one of the second set, escaped', `"${LONG}\\u009b31m"`, false],
    ['more escapes than are looked at', JSON.stringify(LONG + '\n'.repeat(5_000)), false],
  ])('is one with %s', (_, text, expected) => expect(isPlain(text)).toBe(expected));

  it('is not every other text beside it', () => {
    const block = blockOf(parsed(answerWith(JSON.stringify(LONG), ',"title":"\\u001b[31m"')));
    expect(isSurelyPlain(block, '\u001b[31m')).toBe(false);
    expect(isSurelyPlain({ ...block }, block.text)).toBe(false);
    expect(isSurelyPlain(undefined, block.text)).toBe(false);
  });

  it('is none that has some, wherever they are and however they are written', () => {
    // eslint-disable-next-line no-control-regex -- control characters are what this is about
    const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
    const unit = fc.oneof(
      fc.nat(0x9f).map((code) => String.fromCharCode(code)),
      fc.constantFrom('\\', 'u', 'b', '苏'),
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), fc.boolean(), (some, isEscaped) => {
        const plain = JSON.stringify(some + LONG);
        const written = isEscaped
          ? plain.replace(/[\u007f-\u009f]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
          : plain;
        expect(isPlain(written)).toBe(!CONTROL.test(some));
      }),
      { numRuns: 500 },
    );
  });
});
