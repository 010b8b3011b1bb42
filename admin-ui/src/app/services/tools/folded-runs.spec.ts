import { foldRuns } from './folded-runs';

describe('folding long runs', () => {
  it('counts white space and repeated signs, and shows what stands behind them', () => {
    const text = `Translates.${'\n '.repeat(4000)}Then send.${'='.repeat(41)}${'😀'.repeat(50)}`;
    expect(foldRuns(text)).toEqual([
      { kind: 'text', text: 'Translates.' },
      { kind: 'spaces', count: 8000 },
      { kind: 'text', text: 'Then send.' },
      { kind: 'repeated', sign: '=', count: 41 },
      { kind: 'repeated', sign: '😀', count: 50 },
    ]);
  });

  it('leaves what can be read as it is', () => {
    const text = `a\n${' '.repeat(39)}${'-'.repeat(40)}\n`;
    expect(foldRuns(text)).toEqual([{ kind: 'text', text }]);
    expect(foldRuns('')).toEqual([]);
  });
});
