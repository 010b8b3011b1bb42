import { csvCell, csvLine } from './csv.js';

describe('csvCell', () => {
  it.each(['=cmd()', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠x'])(
    'makes a text of what a spreadsheet would compute: %j',
    (hostile) => {
      expect(csvCell(hostile)).toBe(`"'${hostile}"`);
    },
  );

  it.each([
    ['a "quoted", word', '"a ""quoted"", word"'],
    ['two\nlines', '"two\nlines"'],
    ['","=1', '""",""=1"'],
    [null, ''],
    [-1, '-1'],
    [true, 'true'],
  ])('keeps %j in its cell', (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  it('ends a line as RFC 4180 says', () => {
    expect(csvLine(['a', 1, null])).toBe('"a",1,\r\n');
  });
});
