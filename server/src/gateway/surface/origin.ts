import type { CallContext } from '../call-context.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { legacyOrigin } from '../legacy/legacy-origin.js';
import { modernOrigin } from '../modern/modern-origin.js';
import type { CurrentTap } from '../traffic/traffic.js';

/**
 * Where a call comes from, as the era of its client has it, and which endpoint it came to.
 *
 * @param slug of the service that the call is for, where it is known: its loggers are named after it
 */
export function originOf(context: CallContext, slug?: string): CallOrigin {
  const { catalogue, door, legacy, tap } = callerOf(context);
  const origin = legacy ? legacyOrigin(context, slug) : modernOrigin(context);
  return {
    ...origin,
    ...(catalogue.via && { via: catalogue.via }),
    ...(door && { door }),
    ...(tap?.() && { onFrame: shownTo(tap) }),
  };
}

const shownTo =
  (tap: CurrentTap): NonNullable<CallOrigin['onFrame']> =>
  ({ direction, message }) =>
    tap()?.note('service', direction, message);
