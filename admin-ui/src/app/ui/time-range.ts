/** How far back a page looks: a preset, or two moments of one's own. */
export const RANGES = ['1h', '24h', '7d', '30d', '90d'] as const;
export type RangePreset = (typeof RANGES)[number];

const HOUR_MS = 3_600_000;
const LENGTH_MS: Record<RangePreset, number> = {
  '1h': HOUR_MS,
  '24h': 24 * HOUR_MS,
  '7d': 7 * 24 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
  '90d': 90 * 24 * HOUR_MS,
};

/** As it stands in the address: `range` is a preset or `custom`; `from` and `to` are ISO 8601 or ''. */
export type RangeFilter = { range: string; from: string; to: string };

/** What the server is asked, ISO 8601; an open end is undefined. An unknown preset means the last seven days. */
export function rangeOf(filter: RangeFilter, now: number): { from?: string; to?: string } {
  if (filter.range === 'custom') return { from: filter.from || undefined, to: filter.to || undefined };
  const preset = RANGES.find((each) => each === filter.range) ?? '7d';
  return { from: new Date(now - LENGTH_MS[preset]).toISOString() };
}

/** ISO 8601 → the value of a datetime-local field, in local time. */
export function toLocalField(at: string): string {
  if (!at) return '';
  const moment = new Date(at);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The value of a datetime-local field → ISO 8601; '' stays ''. */
export const fromLocalField = (value: string): string => (value ? new Date(value).toISOString() : '');
