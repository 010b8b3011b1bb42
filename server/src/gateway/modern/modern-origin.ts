import type { CallContext } from '../call-context.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { callerMeta, eitherOf, progressRelay } from '../surface/origin-parts.js';

/** A call of a modern client ends when the client cancels it or its connection is gone. */
export function modernOrigin(context: CallContext): CallOrigin {
  const { principal, gone } = callerOf(context);
  return {
    principal,
    door: 'mcp',
    signal: eitherOf(context.mcpReq.signal, gone),
    ...progressRelay(context),
    ...callerMeta(context),
  };
}
