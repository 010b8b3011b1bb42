import type { ServerEvents } from '@gatehouse/contracts';
import { ApiError } from './api-error.js';
import { keepEventStream, type StreamState } from './event-stream.js';
import type { Http } from './http.js';

export type ServerEventType = keyof ServerEvents;

/** One event of `GET /api/events`, told apart by `type`. */
export type ServerEvent = { [T in ServerEventType]: { type: T; data: ServerEvents[T] } }[ServerEventType];

const TYPES: ReadonlySet<string> = new Set<ServerEventType>([
  'service.health',
  'service.changed',
  'service.capabilities',
  'call.finished',
  'job.changed',
]);

/**
 * Follows `GET /api/events` until the returned function is called, or until the session has ended.
 *
 * Events of unknown type or with unreadable data are passed over: a newer server may send more than this page knows.
 */
export function followServerEvents(
  http: Http,
  onEvent: (event: ServerEvent) => void,
  onState?: (state: StreamState) => void,
): () => void {
  return keepEventStream({
    open: (signal) => http.open('GET', '/api/events', { signal }, 'text/event-stream'),
    onEvent: ({ event, data }) => {
      const parsed = parseServerEvent(event, data);
      if (parsed) onEvent(parsed);
    },
    onState,
    retry: (error) => !(error instanceof ApiError && error.status === 401),
  });
}

/** The event as a value, undefined when this page does not understand it. */
export function parseServerEvent(type: string | undefined, data: string): ServerEvent | undefined {
  if (type === undefined || !TYPES.has(type)) return undefined;
  try {
    return { type, data: JSON.parse(data) as unknown } as ServerEvent;
  } catch {
    return undefined;
  }
}
