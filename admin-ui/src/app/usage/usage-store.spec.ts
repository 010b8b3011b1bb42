import { auditApi, type UsageRow } from '@gatehouse/api-client';
import { FakeServer } from '../../testing/fake-server';
import { chartOptions, type ChartLook } from './chart-options';
import { NO_USAGE_FILTERS, UsageStore, dimensionOf, succeeded } from './usage-store';

const row = (key: string, calls: number, errors = 0, denied = 0): UsageRow => ({
  key,
  label: key,
  calls,
  errors,
  denied,
  avgMs: 1,
  p95Ms: 2,
});
const total = { calls: 0, errors: 0, denied: 0, avgMs: null, p95Ms: null };

async function loaded(by: string, items: UsageRow[]) {
  const server = new FakeServer({ 'GET /api/usage': () => ({ items, total, from: '', to: '' }) });
  const store = new UsageStore(auditApi(server.http), () => Date.parse('2026-11-22T12:00:00Z'));
  await store.load({ ...NO_USAGE_FILTERS, by });
  return { store, server };
}

describe('the usage', () => {
  it('stands in the order of days, and of numbers otherwise', async () => {
    const items = [row('2026-11-21', 1), row('2026-11-20', 9)];
    expect((await loaded('day', items)).store.rows().map((each) => each.calls)).toEqual([9, 1]);
    expect((await loaded('tool', items)).store.rows().map((each) => each.calls)).toEqual([9, 1]);
    expect((await loaded('tool', [row('a', 1), row('b', 5)])).store.rows().map((each) => each.key)).toEqual(['b', 'a']);
  });

  it('is empty when nothing was called', async () =>
    expect((await loaded('day', [row('2026-11-21', 0)])).store.state()).toBe('empty'));

  it('takes an unknown dimension in the address for days', async () => {
    expect(dimensionOf('planet')).toBe('day');
    const { server } = await loaded('planet', []);
    expect(server.asked[0]).toContain('by=day');
  });

  it('never shows less than nothing', () => expect(succeeded(row('a', 1, 1, 1))).toBe(0));
});

it('the chart stacks successes, errors and refusals of at most twelve lying bars', () => {
  const rows = Array.from({ length: 20 }, (_, index) => row(`t${index}`, 10, 2, 1));
  const options = chartOptions(
    rows,
    rows.map((each) => each.label),
    'tool',
    {} as ChartLook,
  ) as {
    yAxis: { data: string[] };
    series: { data: number[] }[];
  };
  expect(options.yAxis.data).toHaveLength(12);
  expect(options.series.map((series) => series.data[0])).toEqual([7, 2, 1]);
});
