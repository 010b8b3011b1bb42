import type { UsageBy, UsageRow } from '@gatehouse/api-client';
import type { EChartsCoreOption } from 'echarts/core';
import { succeeded } from './usage-store';

/** Texts and colours come from the page, so that the chart follows language and theme. */
export interface ChartLook {
  succeeded: string;
  errors: string;
  denied: string;
  ink: string;
  line: string;
  surface: string;
  ok: string;
  bad: string;
  warn: string;
  font: string;
}

/** More bars are no longer read one by one; the table has them all. */
export const BARS = 12;

/** Stacked bars: upright by day, lying otherwise, so that long names fit. Labels are already worded. */
export function chartOptions(
  rows: readonly UsageRow[],
  labels: readonly string[],
  by: UsageBy,
  look: ChartLook,
): EChartsCoreOption {
  const upright = by === 'day';
  const shown = upright ? rows : rows.slice(0, BARS);
  const names = {
    type: 'category',
    data: labels.slice(0, shown.length),
    inverse: !upright,
    axisLine: { lineStyle: { color: look.line } },
    axisTick: { show: false },
    axisLabel: { color: look.ink, fontSize: 12, ...(upright ? {} : { width: 200, overflow: 'truncate' }) },
  };
  const numbers = {
    type: 'value',
    minInterval: 1,
    axisLabel: { color: look.ink, fontSize: 12 },
    splitLine: { lineStyle: { color: look.line } },
  };
  const series = (name: string, color: string, of: (row: UsageRow) => number) => ({
    name,
    type: 'bar',
    stack: 'calls',
    barMaxWidth: upright ? 36 : 16,
    color,
    data: shown.map(of),
  });
  return {
    aria: { enabled: true },
    animation: false,
    textStyle: { fontFamily: look.font },
    grid: { left: 4, right: 16, top: 36, bottom: 4, containLabel: true },
    legend: { top: 0, right: 0, itemWidth: 10, itemHeight: 10, icon: 'roundRect', textStyle: { color: look.ink } },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      renderMode: 'richText',
      backgroundColor: look.surface,
      borderColor: look.line,
      textStyle: { color: look.ink },
    },
    xAxis: upright ? names : numbers,
    yAxis: upright ? numbers : names,
    series: [
      series(look.succeeded, look.ok, succeeded),
      series(look.errors, look.bad, (row) => row.errors),
      series(look.denied, look.warn, (row) => row.denied),
    ],
  };
}

/** Room for every bar, px. */
export const chartHeight = (rows: number, by: UsageBy): number => (by === 'day' ? 280 : 60 + Math.min(rows, BARS) * 28);
