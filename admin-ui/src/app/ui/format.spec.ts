import { formatBytes, formatDuration, formatRelative, formatShare } from './format';

describe('formats', () => {
  const now = Date.parse('2026-11-22T12:00:00Z');

  it.each([
    ['2026-11-22T11:59:40Z', 'now'],
    ['2026-11-22T11:57:00Z', '3 minutes ago'],
    ['2026-11-22T09:00:00Z', '3 hours ago'],
    ['2026-11-21T11:00:00Z', 'yesterday'],
    ['2026-11-27T12:00:00Z', 'in 5 days'],
  ])('%s is %s', (at, words) => expect(formatRelative(at, now, 'en')).toBe(words));

  it('speaks Chinese', () => expect(formatRelative('2026-11-22T11:57:00Z', now, 'zh-CN')).toBe('3分钟前'));

  it.each([
    [null, '–'],
    [0.2, '<1 ms'],
    [340.4, '340 ms'],
    [1234, '1.23 s'],
    [12_340, '12.3 s'],
  ])('%p ms is %s', (ms, words) => expect(formatDuration(ms)).toBe(words));

  it.each([
    [undefined, '–'],
    [512, '512 B'],
    [2048, '2.0 kB'],
    [3_400_000, '3.4 MB'],
  ])('%p bytes are %s', (bytes, words) => expect(formatBytes(bytes)).toBe(words));

  it('gives no share of nothing', () => {
    expect(formatShare(0, 0, 'en')).toBe('–');
    expect(formatShare(37, 1843, 'en')).toBe('2%');
  });
});
