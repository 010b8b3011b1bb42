import type { Counterpart, LogMessage, Progress } from '../../clients/index.js';
import type { CallOrigin } from './call-plan.js';

/** Makes a stranger's text fit to be shown. @throws {AppError} `output_too_large` */
export type Filter = <T>(value: T) => T;

/** The origin of a call to whose client everything that the service says while the call runs gets as the answer does: filtered. */
export function filteredOrigin(origin: CallOrigin, filter: Filter): CallOrigin {
  const { counterpart, onProgress } = origin;
  if (!counterpart && !onProgress) return origin;
  return {
    ...origin,
    ...(counterpart && { counterpart: filteredCounterpart(counterpart, filter) }),
    ...(onProgress && { onProgress: filteredListener<Progress>(onProgress, filter) }),
  };
}

function filteredCounterpart(counterpart: Counterpart, filter: Filter): Counterpart {
  const { onLog } = counterpart;
  return {
    ...counterpart,
    ask: async ({ method, params }, signal) => counterpart.ask({ method, params: filter(params) }, signal),
    ...(onLog && { onLog: filteredListener<LogMessage>(onLog, filter) }),
  };
}

/** What is too large to be shown is not heard; the call goes on. */
function filteredListener<T>(listener: (heard: T) => void, filter: Filter): (heard: T) => void {
  return (heard) => {
    let shown: T;
    try {
      shown = filter(heard);
    } catch {
      return;
    }
    listener(shown);
  };
}
