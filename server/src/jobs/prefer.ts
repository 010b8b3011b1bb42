import type { IncomingMessage } from 'node:http';

/** Whether a caller would rather have a job than wait (`Prefer: respond-async`, RFC 7240). */
export function prefersAsync({ headers }: IncomingMessage): boolean {
  const preferences = [headers['prefer'] ?? ''].flat().join(',');
  return preferences.split(',').some((each) => /^respond-async$/i.test((each.split(';')[0] ?? '').trim()));
}
