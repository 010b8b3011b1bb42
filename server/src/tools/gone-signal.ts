import type { ServerResponse } from 'node:http';
import { whenClosed } from '../platform/index.js';

/** Aborted when the caller hangs up before the answer is complete. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  whenClosed(response, () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}
