import type { ImportEntry, ImportProblem } from '@gatehouse/api-client';
import { caretOffset, importView } from './import-view';

const problem = (severity: ImportProblem['severity']): ImportProblem => ({
  severity,
  message: 'm',
  line: 1,
  column: 1,
  code: 'c',
});
const entry = (change: Partial<ImportEntry>): ImportEntry => ({
  key: 'a',
  name: 'a',
  draft: { name: 'a', type: 'http', url: 'https://a.example/mcp' },
  secrets: [],
  problems: [],
  ...change,
});

describe('what a pasted text means', () => {
  it('counts an entry with warnings as usable, one with errors not', () => {
    const view = importView({
      entries: [
        entry({ problems: [problem('warning')] }),
        entry({ problems: [problem('error')] }),
        entry({ draft: null }),
      ],
      problems: [],
    });
    expect(view.entries.map((one) => one.usable)).toEqual([true, false, false]);
    expect(view.usable).toBe(1);
  });

  it('shows the address of a remote service and the command line of a local one', () => {
    const local = entry({ draft: { name: 'x', type: 'stdio', config: { command: 'npx', args: ['-y', 'pkg'] } } });
    expect(importView({ entries: [entry({}), local], problems: [] }).entries.map((one) => one.target)).toEqual([
      'https://a.example/mcp',
      'npx -y pkg',
    ]);
  });
});

describe('the caret of a problem', () => {
  const text = '{\n  "a": 1,\n}';

  it('stands at line and column', () => {
    expect(text[caretOffset(text, 2, 3)]).toBe('"');
  });

  it.each([
    ['below the text', 9, 1, text.length - 1],
    ['right of its line', 1, 99, 1],
    ['above the text', 0, 0, 0],
  ])('stays inside the text for a place %s', (_, line, column, offset) => {
    expect(caretOffset(text, line, column)).toBe(offset);
  });
});
