import type { CallContext } from '../call-context.js';
import type { CallOrigin } from '../../tools/index.js';
import { callerOf } from '../caller.js';
import { callerMeta, eitherOf, progressRelay } from '../surface/origin-parts.js';
import { legacyCounterpart } from './legacy-counterpart.js';

/** A call of a legacy client ends when the client cancels it or is gone for good. */
export function legacyOrigin(context: CallContext, slug: string | undefined): CallOrigin {
  const { principal, gone } = callerOf(context);
  const counterpart = legacyCounterpart(context, slug);
  return {
    principal,
    door: 'mcp',
    signal: eitherOf(context.mcpReq.signal, gone),
    ...(counterpart && { counterpart }),
    ...progressRelay(context),
    ...callerMeta(context),
  };
}
