import { ApiError } from './api-error.js';
import { keepEventStream, type StreamState } from './event-stream.js';
import type { Http } from './http.js';
import type { InspectorAnswer, InspectorRequest, TrafficFrame, TrafficSource } from './types.js';

/** Looking at MCP clients, and requests by hand. */
export const inspectorApi = (http: Http) => ({
  sources: (signal?: AbortSignal) => http.get<TrafficSource[]>('/api/inspector/sources', {}, signal),
  run: (request: InspectorRequest) => http.post<InspectorAnswer>('/api/inspector/requests', request),
});
export type InspectorApi = ReturnType<typeof inspectorApi>;

/**
 * Follows the messages of one client until the returned function is called, the client is forgotten or the session has
 * ended. After a break everything that is still kept comes again: `n` tells what was seen before.
 */
export function followFrames(
  http: Http,
  sourceId: string,
  onFrame: (frame: TrafficFrame) => void,
  onState?: (state: StreamState) => void,
): () => void {
  return keepEventStream({
    open: (signal) =>
      http.open(
        'GET',
        `/api/inspector/sources/${encodeURIComponent(sourceId)}/frames`,
        { signal },
        'text/event-stream',
      ),
    onEvent: ({ event, data }) => {
      if (event === 'frame') onFrame(JSON.parse(data) as TrafficFrame);
    },
    onState,
    retry: (error) => !(error instanceof ApiError && [401, 403, 404].includes(error.status)),
  });
}
