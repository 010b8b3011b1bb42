import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { legacyOrigin } from '../legacy/legacy-origin.js';
import { modernOrigin } from '../modern/modern-origin.js';
import type { CurrentTap } from '../traffic/traffic.js';

/** Where a call comes from, as the era of its client has it, and which endpoint it came to. Only modern requests carry the envelope. */
export function originOf(context: ServerContext): CallOrigin {
  const { catalogue, door, tap } = callerOf(context);
  const origin = context.mcpReq.envelope ? modernOrigin(context) : legacyOrigin(context);
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
