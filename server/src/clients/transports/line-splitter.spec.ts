import { LineSplitter, type LongLine } from './line-splitter.js';

describe('splitting a stream into lines', () => {
  const split = (maxBytes: number, ...chunks: (string | Buffer)[]) => {
    const lines: string[] = [];
    const long: LongLine[] = [];
    const splitter = new LineSplitter(maxBytes, {
      onLine: (line) => lines.push(line.toString()),
      onLongLine: (line) => long.push(line),
    });
    for (const chunk of chunks) splitter.push(Buffer.from(chunk));
    return { lines, long };
  };

  it('joins pieces, parts lines, and skips empty ones', () => {
    expect(split(100, 'on', 'e\ntwo\r\n\n\nthr', 'ee\nrest').lines).toEqual(['one', 'two', 'three']);
  });

  it('does not break a character that spans two pieces', () => {
    const bytes = Buffer.from('好\n');
    expect(split(100, bytes.subarray(0, 1), bytes.subarray(1)).lines).toEqual(['好']);
  });

  it.each([
    [9, 1, 0],
    [10, 1, 0],
    [11, 0, 1],
  ])('with a limit of 10 bytes, a line of %i gives %i lines and %i long ones', (length, lines, long) => {
    const result = split(10, `${'x'.repeat(length)}\n`);
    expect([result.lines.length, result.long.length]).toEqual([lines, long]);
  });

  it('skips the rest of a long line, tells both its ends, and goes on after it', () => {
    const { lines, long } = split(1_000, `head${'x'.repeat(2_000)}`, `${'y'.repeat(5_000)}tail\nnext\n`);
    expect(lines).toEqual(['next']);
    expect([long[0]?.head.slice(0, 4), long[0]?.tail.slice(-4)]).toEqual(['head', 'tail']);
  });
});
