import { ProtocolError } from '@modelcontextprotocol/client';
import type { Connection } from '../connection/connection.js';
import { MalformedResult } from '../connection/result-shape.js';
import { httpStatusOf } from '../errors/error-chain.js';
import { mapUpstreamError } from '../errors/map-upstream-error.js';
import { isSessionLost } from '../errors/session-lost.js';
import { AnswerLost } from '../errors/upstream-failures.js';
import type { Partner } from '../transports/attribution.js';
import type { TaskKeeper } from './finish-task.js';

/** The service forgot the session, and with it the task. */
class TaskLost extends AnswerLost {
  constructor() {
    super('the session of the task is gone');
  }
}

/** Sends one request about the task, with the envelope of the call. */
export type SendAboutTask = TaskKeeper['request'];

/**
 * The service behind `connection` as the keeper of a task.
 *
 * @param partner who is asked what a legacy service wants to know for the task
 */
export function taskKeeper(connection: Connection, partner: Partner, send: SendAboutTask): TaskKeeper {
  return {
    era: connection.era,
    request: async (method, params, bounds) => {
      try {
        return await send(method, params, bounds);
      } catch (error) {
        // The call itself was taken: whoever would repeat it in a new session would run it twice.
        throw isSessionLost(error, connection) ? new TaskLost() : error;
      }
    },
    mayRecover: (error) => mayRecover(error, connection),
    onStatus: (taskId, wake) => connection.followTask(taskId, partner, wake),
  };
}

const PASSING = ['upstream_unreachable', 'upstream_lost'];

/** Requests over HTTP have channels of their own, and a service may be back in a moment; a broken pipe stays broken. */
function mayRecover(error: unknown, { kind }: Connection): boolean {
  if (error instanceof ProtocolError || error instanceof MalformedResult || error instanceof TaskLost) return false;
  const { code } = mapUpstreamError(error, { service: '', phase: 'exchange', timeoutMs: 0 });
  if (code === 'upstream_timeout') return true;
  return kind === 'streamable-http' && (PASSING.includes(code) || (httpStatusOf(error) ?? 0) >= 500);
}
