import { formatRelative } from '../../ui/format';

const MINUTE_MS = 60_000;

/** How long ago `at` (ISO 8601) was at `now` (ms), to the second within the first minute; never in the future. */
export function ago(at: string, now: number, language: string): string {
  const distance = Math.max(0, now - Date.parse(at));
  if (distance >= MINUTE_MS) return formatRelative(at, now, language);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return format.format(-Math.round(distance / 1000), 'second');
}
