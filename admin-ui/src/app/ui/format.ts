/** Numbers and moments in the reader's language. `at` is ISO 8601, `now` and durations are ms. */

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "3 minutes ago"; within a minute "now". */
export function formatRelative(at: string, now: number, language: string): string {
  const distance = Date.parse(at) - now;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const step = STEPS.find(([, length]) => Math.abs(distance) >= length);
  return step ? format.format(Math.trunc(distance / step[1]), step[0]) : format.format(0, 'second');
}

/** The moment to the second, in local time. */
export const formatMoment = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(
    new Date(at),
  );

/** "12 Nov 14:02:33": for rows of one list, where the year is noise. */
export const formatRowMoment = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(at));

export const formatDay = (at: string, language: string): string =>
  new Intl.DateTimeFormat(language, { month: 'short', day: 'numeric' }).format(new Date(at));

export const formatCount = (count: number, language: string): string => new Intl.NumberFormat(language).format(count);

/** 0.4 ms → "<1 ms", 340 → "340 ms", 1234 → "1.23 s"; a missing one is a dash. */
export function formatDuration(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–';
  if (ms < 1) return '<1 ms';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(1)} s`;
}

/** 512 → "512 B", 2048 → "2.0 kB"; a missing one is a dash. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '–';
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A share as a percentage with one decimal; nothing of nothing is a dash. */
export const formatShare = (part: number, whole: number, language: string): string =>
  whole === 0
    ? '–'
    : new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(part / whole);
