import type { ServerResponse } from 'node:http';

/** Calls `then` once, when the response's connection is gone or its answer complete; at once when it is already. */
export function whenClosed(response: ServerResponse, then: () => void): void {
  if (response.destroyed) then();
  else response.once('close', then);
}
